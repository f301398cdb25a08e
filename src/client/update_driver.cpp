// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates
#include "client/update_driver.hpp"

#include "client/call.hpp"
#include "client/client_core.hpp"
#include "client/own_moves.hpp"
#include "client/updates_answer.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/messages/Messages.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/tl/types/updates/State.hpp>

#include <algorithm>
#include <utility>
#include <variant>

namespace mtp::MTP_ABI::detail {

/// Keeps the engine from asking while a login asks where the account stands.
class update_driver::login_guard {
 public:
  explicit login_guard(update_driver& of) : of_(of) {
    of_.engine_.on_login_begun(of_.self(), of_.consumed(), of_.core_.now());
  }
  login_guard(login_guard const&) = delete;
  login_guard& operator=(login_guard const&) = delete;
  ~login_guard() {
    of_.engine_.on_login_ended();
    of_.wake_.notify();
  }

 private:
  update_driver& of_;
};

update_driver::update_driver(client_core& core)
    : core_(core), wake_(core.world(), core.strand()), delivery_(core, wake_) {
  engine_.set_backfill(core.config().backfill);
  if (core.config().drop_pending) drop_ = std::make_unique<pending_drop>();
}

updates::self_identity update_driver::self() const {
  auto const& self = core_.state().self;
  if (!self) return {};
  return {.id = self->id, .bot = self->bot};
}

updates::progress update_driver::consumed() const {
  return {.account = core_.state().updates,
          .channels = core_.state().channel_pts,
          .messages = core_.state().last_messages};
}

// --- What happens

void update_driver::push(slice body) {
  look_for_closed_stream();
  engine_.set_room(has_room());
  engine_.on_updates(std::move(body), core_.now());
  settle();
  wake_.notify();
}

void update_driver::own_result(updates_answer const& answer) {
  look_for_closed_stream();
  engine_.set_room(has_room());
  if (answer.value) {
    engine_.on_own_updates(*answer.value, core_.now());
  } else {
    engine_.on_own_unreadable(answer.value.error().text(), core_.now());
  }
  settle();
  wake_.notify();
}

void update_driver::own_move(std::int64_t box, slice const& answer) {
  auto const number = move_of(box, answer);
  if (!number) return;  // the caller hears of it, and the gap shows by itself
  look_for_closed_stream();
  engine_.on_own_number(*number, core_.now());
  settle();
  wake_.notify();
}

void update_driver::request_difference() {
  engine_.request_difference();
  wake_.notify();
}

void update_driver::resume() {
  engine_.on_signed_in(self(), consumed(), core_.now());
  delivery_.set_auth_failure(nullptr);
  settle();
  wake_.notify();
}

void update_driver::forget_account() {
  engine_.on_account_changed();
  if (journal_) journal_->on_account_changed();
  update_refusal();
  settle();
}

void update_driver::signed_out(std::exception_ptr why) {
  engine_.on_signed_out();
  core_.status().note(&lifecycle::on_signed_out, describe_exception(why).code);
  delivery_.set_auth_failure(std::move(why));
  if (journal_) journal_->notify_all();
}

task<> update_driver::begin() {
  login_guard const here(*this);
  delivery_.set_auth_failure(nullptr);
  settle();
  while (auto const asked = engine_.next_state_request()) {
    tl::updates::getState const request;
    auto const state = co_await call(core_, request, true);
    engine_.on_login_state(*asked, *state, core_.now());
    settle();
  }
}

bool update_driver::is_catching_up() const { return engine_.is_catching_up(core_.now()); }

/// A stream that ended only left a mark.
void update_driver::look_for_closed_stream() {
  if (engine_.is_open() && !core_.has_stream()) close_engine();
}

void update_driver::close_engine() {
  engine_.on_stream_closed(consumed(), core_.now());
  settle();
}

// --- What is to be done

/// Performs what must not wait.
void update_driver::settle() {
  while (auto const effect = engine_.take_effect()) perform(*effect);
  if (has_journal()) journal_->settle();
}

void update_driver::perform(updates::action const& what) {
  std::visit(
      [this](auto const& one) {
        if constexpr (requires { perform_one(one); }) perform_one(one);
      },
      what);
}

void update_driver::perform_one(updates::deliver const& one) {
  core_.account().vouch(*one.update);
  pass_on({.update = one.update, .fetched = one.fetched});
}

void update_driver::perform_one(updates::deliver_unknown const& one) {
  pass_on({.unreadable = one.body});
}

void update_driver::perform_one(updates::reach const& position) {
  if (drop_) drop_->on_reached(position);
  has_journal() ? journal_->reach(position) : delivery_.reach(position);
}

void update_driver::perform_one(updates::discard_undelivered const&) {
  delivery_.discard();
  if (journal_) journal_->discard();
}

void update_driver::perform_one(updates::meet const& who) {
  core_.account().meet(*who.users, *who.chats);
}

void update_driver::perform_one(updates::config_changed const& what) {
  core_.refresher().on_config_changed(*what.update);
}

void update_driver::perform_one(updates::log const& line) { core_.log(line.level, line.text); }

void update_driver::perform_one(updates::lost const& what) {
  core_.log(log_level::error, describe(what));
  pass_on({.loss = std::make_shared<updates::lost const>(what)});
}

void update_driver::report(client_health& to) const {
  auto const now = core_.now();
  auto const all = engine_.report(now);
  to.is_caught_up = all.is_caught_up;
  to.channels = all.channels;
  to.unread_bytes = all.unread;
  to.early = all.early;
  to.early_bytes = all.early_bytes;
  for (auto const& one : all.boxes) to.boxes.push_back({one, notes_.find(one.channel, now)});
  to.queue = delivery_.report();
  if (journal_) to.consumers = journal_->report();
}

void update_driver::publish() { core_.status().note(&lifecycle::on_updating, is_catching_up()); }

task<> update_driver::run() {
  for (;;) {
    auto const rest = work();
    if (rest) co_await wait(*rest);
  }
}

/// Does one thing. When there is none, until when to wait.
std::optional<steady_time> update_driver::work() {
  engine_.set_room(has_room());
  request_watched();
  auto const what = engine_.next(core_.now());
  if (auto const* rest = std::get_if<updates::wait_until>(&what)) {
    settle();
    return std::min(rest->when, watch_.next_due());
  }
  start(what);
  return {};
}

/// No coroutine, since it waits as long as the client is idle.
task<> update_driver::wait(steady_time until) {
  publish();
  if (drop_) look_for_end_of_drop();
  if (engine_.is_caught_up(core_.now())) on_caught_up();
  return wake_.wait_until(until);
}

// --- Channels that somebody looks at

void update_driver::begin_channel(std::int64_t channel, std::int32_t pts) {
  engine_.begin_channel(channel, pts);
  settle();
}

std::shared_ptr<updates::watched_channel> update_driver::watch_channel(std::int64_t channel) {
  auto out = watch_.open(channel, core_.now());
  wake_.notify();
  return out;
}

void update_driver::request_watched() {
  while (auto const channel = watch_.take_due(core_.now()))
    engine_.request_channel(*channel, core_.now());
}

/// What else is wrong with a channel, the engine waits for to pass.
void update_driver::note_closed(std::int64_t channel) {
  auto const why = describe_exception(failure_);
  if (why.refusal && reason_of(*why.refusal) == refusal_reason::channel_closed)
    watch_.on_closed(channel);
}

/// What is asked is waited for elsewhere, so that nothing else waits for it.
void update_driver::start(updates::action const& what) {
  if (auto const* account = std::get_if<updates::ask_difference>(&what)) {
    notes_.on_asked(difference_notes::account, account->why, core_.now());
    core_.running().spawn(ask(difference_notes::account, *account));
  } else if (auto const* channel = std::get_if<updates::ask_channel_difference>(&what)) {
    notes_.on_asked(channel->channel, channel->why, core_.now());
    core_.running().spawn(ask(channel->channel, *channel));
  } else if (auto const* messages = std::get_if<updates::ask_messages>(&what)) {
    core_.running().spawn(ask(messages->channel, *messages));
  } else if (auto const* state = std::get_if<updates::ask_state>(&what)) {
    core_.running().spawn(ask(difference_notes::none, *state));
  } else {
    perform(what);
  }
}

template <class Ask>
task<> update_driver::ask(std::int64_t box, Ask what) {
  std::exception_ptr failure;
  try {
    co_await ask_server(what);
  } catch (error const&) {
    failure = std::current_exception();
  }
  failure_ = failure;
  notes_.on_ended(box, failure ? describe_exception(failure).code : std::error_code());
  if (failure) fail(what);
  settle_answer(box);
  wake_.notify();
}

void update_driver::fail(updates::ask_channel_difference const& what) {
  note_closed(what.channel);
  engine_.on_channel_failed(what.channel, describe_exception(failure_), core_.now());
}

void update_driver::fail(updates::ask_messages const& what) {
  if (what.channel == 0) return engine_.on_failed(describe_exception(failure_), core_.now());
  engine_.on_channel_failed(what.channel, describe_exception(failure_), core_.now());
}

template <class Ask>
void update_driver::fail(Ask const&) {
  engine_.on_failed(describe_exception(failure_), core_.now());
}

}  // namespace mtp::MTP_ABI::detail
