// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/update_delivery.hpp"

#include "client/client_core.hpp"
#include "events/update_access.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/error.hpp>

#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <utility>
#include <variant>

namespace mtp::MTP_ABI::detail {

using updates::delivery_step;

namespace {

session_change to_change(updates::delivery_change what) {
  session_change out;
  if (what.position.account) out.updates = what.position.account;
  out.channel_pts = std::move(what.position.channels);
  out.last_messages = std::move(what.position.messages);
  out.attempts = std::move(what.attempts);
  return out;
}

}  // namespace

update_delivery::update_delivery(client_core& core, strand_event& taken)
    : core_(core),
      taken_(taken),
      machine_({.max_queued = core.config().max_queued_updates,
                .max_attempts = core.config().max_attempts}),
      arrived_(core.world(), core.strand()) {}

updates::delivery::counts const& update_delivery::stored() const { return core_.state().attempts; }

update update_delivery::to_update(updates::arrival what) const {
  if (what.loss) return update::loss(*what.loss);
  if (!what.album && !what.update) return update::unreadable(std::move(what.unreadable));
  auto out = what.album ? update::of_album(*what.album) : update(std::move(what.update));
  update_access::set_owner(out, core_.weak_from_this(), core_.account().self_id());
  if (what.fetched) update_access::set_origin(out, origin::backfill);
  return out;
}

// --- What comes

void update_delivery::begin_stream(stream_options const& options) {
  albums_.reset();
  life_.reset();
  if (options.albums)
    albums_ = std::make_unique<updates::album_collector>(
        updates::album_options{.quiet = options.album_wait});
  if (!options.life_cycle) return;
  status_number_ = core_.status().next_number();
  life_ = std::make_unique<life_cycle_reader>(core_.status().last());
}

void update_delivery::push(updates::arrival what) {
  if (albums_) {
    albums_->push(std::move(what), core_.now());
    pass_on();
  } else {
    machine_.push(std::move(what));
  }
  arrived_.notify();
}

queue_health update_delivery::report() const {
  auto const& queue = machine_.queue();
  return {.updates = queue.size(), .bytes = queue.size_in_bytes(), .is_full = queue.is_full()};
}

void update_delivery::reach(updates::reach position) {
  if (albums_) {
    albums_->push(std::move(position));
    return pass_on();
  }
  machine_.on_reached(std::move(position), stored());
  settle();
}

/// What does not wait for the rest of an album.
void update_delivery::pass_on() {
  while (auto next = albums_->take()) {
    if (auto* const position = std::get_if<updates::reach>(&*next)) {
      machine_.on_reached(std::move(*position), stored());
    } else {
      machine_.push(std::get<updates::arrival>(*std::move(next)));
    }
  }
  settle();
}

void update_delivery::discard() {
  machine_.discard();
  if (albums_) albums_->clear();
}

/// What waits for the rest of an album has not come yet; it may wait less long now.
void update_delivery::on_caught_up() {
  if (!albums_ || albums_->empty()) return machine_.on_caught_up();
  arrived_.notify();
}

void update_delivery::on_status() {
  if (life_) arrived_.notify();
}

void update_delivery::end(std::exception_ptr why) {
  if (machine_.has_ended()) return;
  machine_.end();
  why_ended_ = std::move(why);
  arrived_.notify();
}

void update_delivery::set_auth_failure(std::exception_ptr why) {
  auth_failure_ = std::move(why);
  machine_.set_signed_out(auth_failure_ != nullptr);
  if (!auth_failure_) return;
  if (albums_) albums_->release_all();
  if (albums_) pass_on();
  arrived_.notify();
}

void update_delivery::set_refusal(std::exception_ptr why) {
  refusal_ = std::move(why);
  arrived_.notify();
}

// --- What the program takes

task<std::optional<update>> update_delivery::next() {
  client_run::waiter const here(core_.running());
  machine_.on_asked(stored());
  settle();
  auto news = take_news();
  auto what = next_step();
  while (!news && what != delivery_step::hand_out && what != delivery_step::ended) {
    co_await perform(what);
    news = take_news();
    what = next_step();
  }
  if (news) co_return news;
  if (what == delivery_step::ended) co_return end_of_stream();
  auto given = machine_.hand_out();
  std::optional<update> out(to_update(std::move(given.what)));
  update_access::set_given(*out, core_.weak_from_this(), given.attempt, ++given_);
  taken_.notify();
  co_return out;
}

/// What happened to the client comes before what is to be handed out.
std::optional<update> update_delivery::take_news() {
  if (!life_) return {};
  while (auto const change = core_.status().take(status_number_)) life_->on_change(*change);
  auto const event = life_->take();
  if (!event) return {};
  std::optional<update> out(update::of_change(event->kind, event->why));
  update_access::set_given(*out, core_.weak_from_this(), 1, 0);
  return out;
}

void update_delivery::expire_albums() {
  if (!albums_ || albums_->empty()) return;
  albums_->set_catching_up(core_.updates().is_catching_up());
  albums_->expire(core_.now());
  pass_on();
}

/// What was acknowledged before is skipped, which may make room.
delivery_step update_delivery::next_step() {
  expire_albums();
  bool const had_room = has_room();
  auto const out = machine_.next(stored(), core_.now());
  if (!had_room && has_room()) taken_.notify();
  settle();
  return out;
}

/// Stores what may be stored.
void update_delivery::settle() {
  auto what = machine_.take_change();
  if (!what.empty()) core_.keeper().change(to_change(std::move(what)));
}

// --- What the program says it got past

bool update_delivery::is_given(std::uint64_t ticket) const {
  return ticket != 0 && ticket == given_ && machine_.is_handed_out();
}

task<> update_delivery::acknowledge(std::uint64_t ticket) {
  client_run::waiter const here(core_.running());
  if (!is_given(ticket)) co_return;
  core_.keeper().change(to_change(machine_.acknowledgement(stored())));
  machine_.on_acknowledged();
  co_await core_.keeper().flush();
}

task<> update_delivery::commit(std::uint64_t ticket, store_transaction with) {
  client_run::waiter const here(core_.running());
  if (!is_given(ticket))
    throw error(make_error_code(client_errc::bad_argument), "another update was asked for");
  auto change = to_change(machine_.acknowledgement(stored()));
  auto work = core_.keeper().commit_with(std::move(change), std::move(with));
  co_await std::move(work);
  if (is_given(ticket)) machine_.on_acknowledged();
}

task<> update_delivery::perform(delivery_step what) {
  if (what == delivery_step::signed_out) std::rethrow_exception(auth_failure_);
  if (what == delivery_step::wait) return wait();
  return what == delivery_step::save ? save() : pass_over();
}

task<> update_delivery::wait() {
  if (refusal_) std::rethrow_exception(refusal_);
  if (albums_ && !albums_->empty()) {
    co_await arrived_.wait_until(albums_->next_expiry());
  } else {
    co_await arrived_.wait_next();
  }
  // An update may have come after the cancel. It stays for the next call.
  auto const now = co_await asio::this_coro::cancellation_state;
  if (now.cancelled() != asio::cancellation_type::none)
    throw std::system_error(asio::error::operation_aborted);
}

/// The keeper tries a store that fails again.
task<> update_delivery::save() {
  try {
    co_await core_.keeper().flush();
  } catch (error const& e) {
    if (e.code() != client_errc::storage) throw;
  }
  machine_.on_saved();
}

/// The program hears of it also when the wait for the store is cancelled.
task<> update_delivery::pass_over() {
  auto poison = machine_.pass_over(stored());
  settle();
  core_.log(log_level::error, "updates: passed over after " + std::to_string(poison.attempts) +
                                  " attempts: " + poison.key);
  taken_.notify();
  std::exception_ptr stopped;
  try {
    co_await save();
  } catch (...) {
    stopped = std::current_exception();
  }
  report_passed_over(to_update(std::move(poison.what)));
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

std::optional<update> update_delivery::end_of_stream() const {
  if (why_ended_) std::rethrow_exception(why_ended_);
  return std::nullopt;
}

}  // namespace mtp::MTP_ABI::detail
