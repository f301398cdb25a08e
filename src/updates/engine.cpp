// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/engine.hpp>

#include "updates/config_news.hpp"
#include "updates/state_of.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/tl/decode.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::updates {

// --- What to do

/// What brings updates waits until there is room for them.
bool engine::may_work() const { return is_reading() && logins_ == 0 && (needs_state_ || room_); }

bool engine::wants_difference(steady_time now) const {
  return order_.wants_difference(now) || now >= heard_at_ + max_silence;
}

bool engine::is_catching_up(steady_time now) const {
  bool const asks = asked_ == request_kind::state || asked_ == request_kind::difference;
  return may_work() && (asks || needs_state_ || wants_difference(now));
}

bool engine::is_caught_up(steady_time now) const {
  bool const asks = asked_ != request_kind::none || needs_state_ || wants_difference(now);
  bool const waits = order_.gap_deadline() != steady_time::max() || !order_.channels().empty();
  return may_work() && !asks && !waits && inbox_.empty();
}

engine::work engine::next_work(steady_time now) const {
  if (!may_work()) return work::none;
  bool const may_ask = now >= ask_not_before_;
  if (needs_state_) return may_ask ? work::ask_state : work::none;
  if (may_ask && wants_difference(now)) return work::ask_difference;
  if (order_.channels().next_due() <= now) return work::ask_channel;
  return inbox_.empty() ? work::none : work::process;
}

/// When there will be something to do although nothing happens.
steady_time engine::wake_time(steady_time now) const {
  if (!may_work()) return steady_time::max();
  if (needs_state_) return ask_not_before_;
  auto const asks = std::min(order_.gap_deadline(), heard_at_ + max_silence);
  auto const account = wants_difference(now) ? ask_not_before_ : std::max(asks, ask_not_before_);
  return std::min(account, order_.channels().next_due());
}

action engine::next(steady_time now) {
  for (;;) {
    auto effect = take_effect();
    if (effect) return *std::move(effect);
    if (asked_ != request_kind::none) return wait_until{steady_time::max()};
    auto const what = next_work(now);
    if (what == work::none) return wait_until{wake_time(now)};
    if (what == work::process) {
      process(inbox_.pop(), now);
    } else if (auto asks = ask(what, now)) {
      return *std::move(asks);
    }
  }
}

std::optional<action> engine::ask(work what, steady_time now) {
  asked_epoch_ = epoch_;
  if (what == work::ask_difference) return ask_for_difference();
  if (what == work::ask_channel) return ask_for_channel(*order_.channels().due_at(now));
  asked_ = request_kind::state;
  return ask_state{};
}

std::optional<action> engine::ask_for_difference() {
  order_.on_difference_asked();
  if (!order_.boxes().is_known()) {
    needs_state_ = true;
    return {};
  }
  asked_ = request_kind::difference;
  ask_difference out{.from = order_.boxes().state()};
  out.from.date = std::max(out.from.date, 1);
  return out;
}

action engine::ask_for_channel(std::int64_t channel) {
  asked_ = request_kind::channel;
  asked_channel_ = channel;
  return ask_channel_difference{.channel = channel,
                                .pts = std::max(order_.boxes().channel_pts(channel).value_or(1), 1),
                                .limit = channel_limit(account_.bot)};
}

/// What was asked, which is answered now; `none` when nobody needs the answer any more.
engine::request_kind engine::take_pending() {
  auto const asked = std::exchange(asked_, request_kind::none);
  if (asked_epoch_ == epoch_) return asked;
  if (asked == request_kind::difference) request_difference();
  // A channel is asked again, unless it is not followed any more.
  if (asked == request_kind::channel && !order_.boxes().channel_pts(asked_channel_))
    order_.channels().remove(asked_channel_);
  return request_kind::none;
}

void engine::note_heard(steady_time now) {
  heard_at_ = now;
  failures_ = 0;
}

// --- What the connection brings

void engine::on_updates(slice body, steady_time now) {
  heard_at_ = now;
  if (!is_placed()) note_early(body);
  if (!is_reading()) note_config(body);
  if (!open_) return request_difference();
  receive({.body = std::move(body)}, now);
}

void engine::on_own_updates(received<tl::Updates> answer, steady_time now) {
  heard_at_ = now;
  if (open_) receive({.own = std::move(answer)}, now);
}

/// What it did to the account is learnt from the difference.
void engine::on_own_unreadable(std::string const& why, steady_time now) {
  heard_at_ = now;
  order_.add_effect(log{log_level::warning, "updates: " + why});
  request_difference();
}

/// Looked at right away when nothing is to be done before: whoever made a call may act on its
/// answer at once, and its position must be there by then.
void engine::receive(inbox::entry what, steady_time now) {
  if (!inbox_.push(std::move(what))) return request_difference();
  bool const is_free = asked_ == request_kind::none && next_work(now) == work::process;
  if (is_free) process(inbox_.pop(), now);
}

/// Whether it is known where the account stands, or the request for what was missed tells.
bool engine::is_placed() const {
  bool const replaced =
      needs_state_ || asked_ == request_kind::state || asked_ == request_kind::difference;
  return order_.boxes().is_known() && !replaced;
}

/// An update that arrives before it is known where the account stands would count as old once that
/// is known. So the account is taken to stand before the first of them.
void engine::note_early(bytes_view body) {
  auto const all = tl::decode<tl::Updates>(body);
  if (!all) return;
  auto const start = first_common_pts(**all);
  if (start) early_pts_ = std::min(*start, early_pts_.value_or(*start));
}

/// Nobody reads it now, and it is no update that comes again.
void engine::note_config(slice const& body) {
  auto news = config_news_in(body);
  if (news) order_.add_effect(config_changed{std::move(news)});
}

void engine::forget_early() {
  early_pts_.reset();
  started_early_ = false;
}

void engine::process(inbox::entry what, steady_time now) {
  if (what.own) return order_.apply(what.own, true, now);
  auto const all = tl::decode<tl::Updates>(what.body);
  if (all) return order_.apply(*all, false, now);
  order_.add_effect(log{log_level::warning, "updates: " + all.error().text()});
  order_.add_effect(deliver_unknown{std::move(what.body)});
  request_difference();
}

// --- Answers

void engine::on_state(tl::updates::state const& answer, steady_time now) {
  if (take_pending() == request_kind::state) start_at(state_of(answer), now);
}

void engine::start_at(update_state state, steady_time now) {
  note_heard(now);
  needs_state_ = false;
  needs_comparison_ = false;
  started_early_ = early_pts_.has_value();
  if (started_early_) {
    state.pts = std::min(state.pts, *early_pts_);
    request_difference();
  }
  early_pts_.reset();
  ++epoch_;
  order_.reset_to(state);
}

void engine::on_difference(received<tl::updates::Difference> const& answer, steady_time now) {
  if (take_pending() != request_kind::difference) return;
  note_heard(now);
  forget_early();
  order_.apply(answer, now);
}

void engine::on_channel_difference(received<tl::updates::ChannelDifference> const& answer,
                                   steady_time now) {
  if (take_pending() == request_kind::channel) order_.apply(asked_channel_, answer, now);
}

void engine::on_channel_unreachable() {
  if (take_pending() == request_kind::channel) order_.forget_channel(asked_channel_);
}

}  // namespace mtp::MTP_ABI::updates
