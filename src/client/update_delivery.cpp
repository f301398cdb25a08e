// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The last step of an update: it is handed to the program, which may never get past it.
#include "client/client_core.hpp"
#include "client/update_engine.hpp"
#include "client/update_key.hpp"

#include <mtp/core/error.hpp>

#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::detail {

task<std::optional<update>> update_engine::next(
    [[maybe_unused]] std::shared_ptr<client_core> keep) {
  client_run::waiter const here(core_.running());
  on_consumed();
  for (;;) {
    bool const there = co_await await_update();
    if (!there) co_return std::nullopt;
    if (!attempt_) {
      note_attempt();
    } else if (is_poison()) {
      co_await pass_over();
    } else if (is_unsaved_) {
      co_await save_attempts();
    } else {
      break;
    }
  }
  delivered_ = key_of(queue_.front());
  attempts_.on_delivered();
  std::optional<update> out(queue_.take());
  out->attempt_ = *std::exchange(attempt_, std::nullopt);
  wake_.notify();
  co_return out;
}

/// Waits for an update. False when the stream has ended.
task<bool> update_engine::await_update() {
  for (;;) {
    if (ended_ && why_ended_) std::rethrow_exception(why_ended_);
    if (ended_) co_return false;
    if (queue_.has_update()) co_return true;
    if (lost_) std::rethrow_exception(lost_);
    attempts_.on_unmarked();
    co_await arrived_.wait_next();
    // An update may have come after the cancel. It stays for the next call.
    auto const now = co_await asio::this_coro::cancellation_state;
    if (now.cancelled() != asio::cancellation_type::none)
      throw std::system_error(asio::error::operation_aborted);
  }
}

/// The program has got past what it was given.
void update_engine::on_consumed() {
  if (queue_.consumed() && core_.state().attempts.contains(delivered_)) {
    session_change past;
    past.attempts[delivered_] = std::nullopt;
    core_.keeper().change(std::move(past));
  }
  commit();
}

/// Stores what may be stored.
void update_engine::commit() {
  session_change position = queue_.take_position();
  attempts_.forget(core_.state().attempts, position);
  core_.keeper().change(std::move(position));
}

/// Counts the attempt to deliver the next update, if that may come again.
void update_engine::note_attempt() {
  update const& next = queue_.front();
  std::string const key = key_of(next);
  auto const& noted = core_.state().attempts;
  auto const known = noted.find(key);
  attempt_ = known == noted.end() ? 1 : known->second + 1;
  if (is_poison()) return;
  bool const comes_again = next.raw() && number_of(*next.raw()).of != update_number::order::none;
  if (!comes_again) return attempts_.on_unmarked();
  core_.keeper().change(attempts_.note(noted, key, *attempt_));
  is_unsaved_ = attempts_.must_save(core_.world().now().steady);
}

/// A store that fails keeps nobody from the updates; the keeper tries it again.
task<> update_engine::save_attempts() {
  try {
    co_await core_.keeper().flush();
  } catch (error const& e) {
    if (e.code() != client_errc::storage) throw;
  }
  is_unsaved_ = false;
}

bool update_engine::is_poison() const {
  int const limit = core_.config().max_attempts;
  return limit > 0 && attempt_ && *attempt_ > limit;
}

/// It stays noted until the position is behind it, since it may come once more before.
task<> update_engine::pass_over() {
  attempts_.on_delivered();
  update const poison = queue_.take();
  int const attempts = *std::exchange(attempt_, std::nullopt) - 1;
  core_.log(log_level::error, "updates: passed over after " + std::to_string(attempts) +
                                  " attempts: " + key_of(poison));
  queue_.consumed();
  commit();
  wake_.notify();
  co_await save_attempts();
  if (!core_.config().on_passed_over) co_return;
  try {
    core_.config().on_passed_over(poison);
  } catch (std::exception const& e) {
    core_.log(log_level::error, std::string("on_passed_over: ") + e.what());
  }
}

}  // namespace mtp::detail
