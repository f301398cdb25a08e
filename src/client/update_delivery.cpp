// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The last step of an update: it is handed to the program, which may never get past it.
#include "client/update_delivery.hpp"

#include "client/client_core.hpp"
#include "client/update_key.hpp"
#include "events/update_access.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/error.hpp>
#include <mtp/updates/update_number.hpp>

#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::detail {

update_delivery::update_delivery(client_core& core, async_event& taken)
    : core_(core),
      taken_(taken),
      queue_(core.config().max_queued_updates),
      arrived_(core.world(), core.strand()) {}

// --- What comes

void update_delivery::push(update one) {
  queue_.push(std::move(one));
  arrived_.notify();
}

void update_delivery::push(received<tl::Update> one) {
  push(update(std::move(one), core_.weak_from_this(), core_.account().self_id()));
}

void update_delivery::reach(session_change position) {
  queue_.push_position(std::move(position));
  commit();
}

void update_delivery::discard() {
  queue_.clear();
  attempt_.reset();
  is_unsaved_ = false;
  attempts_.on_rewind();
}

void update_delivery::end(std::exception_ptr why) {
  if (ended_) return;
  ended_ = true;
  why_ended_ = std::move(why);
  arrived_.notify();
}

void update_delivery::set_auth_failure(std::exception_ptr why) {
  auth_failure_ = std::move(why);
  if (auth_failure_) arrived_.notify();
}

// --- What the program takes

task<std::optional<update>> update_delivery::next(
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
  update_access::set_attempt(*out, *std::exchange(attempt_, std::nullopt));
  taken_.notify();
  co_return out;
}

/// Waits for an update. False when the stream has ended.
task<bool> update_delivery::await_update() {
  for (;;) {
    if (ended_ && why_ended_) std::rethrow_exception(why_ended_);
    if (ended_) co_return false;
    if (queue_.has_update()) co_return true;
    if (auth_failure_) std::rethrow_exception(auth_failure_);
    attempts_.on_unmarked();
    co_await arrived_.wait_next();
    // An update may have come after the cancel. It stays for the next call.
    auto const now = co_await asio::this_coro::cancellation_state;
    if (now.cancelled() != asio::cancellation_type::none)
      throw std::system_error(asio::error::operation_aborted);
  }
}

/// The program has got past what it was given.
void update_delivery::on_consumed() {
  if (queue_.consumed() && core_.state().attempts.contains(delivered_)) {
    session_change past;
    past.attempts[delivered_] = std::nullopt;
    core_.keeper().change(std::move(past));
  }
  commit();
}

/// Stores what may be stored.
void update_delivery::commit() {
  session_change position = queue_.take_position();
  attempts_.forget(core_.state().attempts, position);
  core_.keeper().change(std::move(position));
}

/// Counts the attempt to deliver the next update, if that may come again.
void update_delivery::note_attempt() {
  update const& next = queue_.front();
  std::string const key = key_of(next);
  auto const& noted = core_.state().attempts;
  auto const known = noted.find(key);
  attempt_ = known == noted.end() ? 1 : known->second + 1;
  if (is_poison()) return;
  bool const comes_again =
      next.raw() && updates::number_of(*next.raw()).of != updates::update_number::order::none;
  if (!comes_again) return attempts_.on_unmarked();
  core_.keeper().change(attempts_.note(noted, key, *attempt_));
  is_unsaved_ = attempts_.must_save(core_.world().now().steady);
}

/// A store that fails keeps nobody from the updates; the keeper tries it again.
task<> update_delivery::save_attempts() {
  try {
    co_await core_.keeper().flush();
  } catch (error const& e) {
    if (e.code() != client_errc::storage) throw;
  }
  is_unsaved_ = false;
}

bool update_delivery::is_poison() const {
  int const limit = core_.config().max_attempts;
  return limit > 0 && attempt_ && *attempt_ > limit;
}

/// It stays noted until the position is behind it, since it may come once more before.
task<> update_delivery::pass_over() {
  attempts_.on_delivered();
  update const poison = queue_.take();
  int const attempts = *std::exchange(attempt_, std::nullopt) - 1;
  core_.log(log_level::error, "updates: passed over after " + std::to_string(attempts) +
                                  " attempts: " + key_of(poison));
  queue_.consumed();
  commit();
  taken_.notify();
  std::exception_ptr stopped;
  try {
    co_await save_attempts();
  } catch (...) {
    stopped = std::current_exception();
  }
  report_passed_over(poison);
  if (stopped) std::rethrow_exception(stopped);
}

/// The program's own handler, whatever it throws.
void update_delivery::report_passed_over(update const& poison) {
  if (!core_.config().on_passed_over) return;
  try {
    core_.config().on_passed_over(poison);
  } catch (...) {
    auto const why = describe_exception(std::current_exception());
    core_.log(log_level::error, "on_passed_over: " + why.text);
  }
}

}  // namespace mtp::detail
