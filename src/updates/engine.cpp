// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/engine.hpp>

#include "updates/config_news.hpp"
#include "updates/salvage.hpp"
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
  return may_work() && (asks || order_.is_walking() || needs_state_ || wants_difference(now));
}

bool engine::is_caught_up(steady_time now) const {
  bool const asks = !is_free() || needs_state_ || wants_difference(now);
  bool const waits = order_.gap_deadline() != steady_time::max() || !order_.channels().empty();
  return may_work() && !asks && !waits && inbox_.empty();
}

engine::work engine::next_work(steady_time now) const {
  if (!may_work()) return work::none;
  bool const is_idle = asked_ == request_kind::none;
  // What came before the state is counted from there, in every order, before anything is asked.
  bool const has_early = is_free() && !needs_state_ && started_early_ && !inbox_.empty();
  if (has_early) return work::process;
  auto const request = is_idle ? next_account_request(now) : work::none;
  if (request != work::none || is_asking_state()) return request;
  if (channel_wake_time() <= now) return work::ask_channel;
  return is_free() && !inbox_.empty() ? work::process : work::none;
}

engine::work engine::next_account_request(steady_time now) const {
  bool const may_ask = now >= ask_not_before_;
  if (!may_ask) return work::none;
  if (needs_state_) return work::ask_state;
  if (order_.is_walking()) return now >= order_.walk_due() ? work::ask_messages : work::none;
  if (check_at_ <= now) return work::compare;
  return wants_difference(now) ? work::ask_difference : work::none;
}

/// When there will be something to do although nothing happens.
steady_time engine::wake_time(steady_time now) const {
  if (!may_work()) return steady_time::max();
  bool const is_idle = asked_ == request_kind::none;
  if (is_asking_state()) return is_idle ? ask_not_before_ : steady_time::max();
  if (!is_idle) return channel_wake_time();
  if (order_.is_walking())
    return std::min(std::max(order_.walk_due(), ask_not_before_), channel_wake_time());
  auto const asks = std::min({order_.gap_deadline(), heard_at_ + max_silence, check_at_});
  auto const account = wants_difference(now) ? ask_not_before_ : std::max(asks, ask_not_before_);
  return std::min(account, channel_wake_time());
}

/// When the next channel may be asked for: it is wanted, not too many are, nor were of late.
steady_time engine::channel_wake_time() const {
  auto const& channels = order_.channels();
  if (channels.asked_count() >= max_channel_requests) return steady_time::max();
  return std::max(channels.next_due(), channel_pace_ - channel_burst * channel_interval);
}

action engine::next(steady_time now) {
  for (;;) {
    auto effect = take_effect();
    if (effect) return *std::move(effect);
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
  if (what == work::ask_channel) return ask_for_channel(*order_.channels().due_at(now), now);
  asked_epoch_ = epoch_;
  if (what == work::ask_difference) return ask_for_difference(now);
  if (what == work::ask_messages) return ask_for_messages();
  asked_ = what == work::compare ? request_kind::comparison : request_kind::state;
  return ask_state{};
}

std::optional<action> engine::ask_for_difference(steady_time now) {
  auto const why = reason_now(now);
  order_.on_difference_asked();
  if (!order_.boxes().is_known()) {
    needs_state_ = true;
    return {};
  }
  asked_ = request_kind::difference;
  ask_difference out{.from = order_.boxes().state(), .why = why};
  out.from.date = std::max(out.from.date, 1);
  return out;
}

std::optional<action> engine::ask_for_messages() {
  auto const* walk = order_.walk_of(0);
  auto const which = walk ? walk->next() : std::nullopt;
  if (!which) return {};
  asked_ = request_kind::messages;
  return ask_messages{.which = *which};
}

action engine::ask_for_channel(std::int64_t channel, steady_time now) {
  channel_pace_ = std::max(channel_pace_, now) + channel_interval;
  auto const why = order_.channels().reason(channel);
  order_.channels().on_asked(channel);
  auto const* walk = order_.walk_of(channel);
  auto const messages = walk ? walk->next() : std::nullopt;
  if (messages) return ask_messages{.channel = channel, .which = *messages};
  return ask_channel_difference{.channel = channel,
                                .pts = std::max(order_.boxes().channel_pts(channel).value_or(1), 1),
                                .limit = channel_limit(account_.bot),
                                .why = why};
}

/// What was asked, which is answered now; `none` when nobody needs the answer any more.
engine::request_kind engine::take_pending() {
  auto const asked = std::exchange(asked_, request_kind::none);
  if (asked_epoch_ == epoch_) return asked;
  bool const is_needed = asked == request_kind::difference || asked == request_kind::messages;
  if (is_needed) request_difference(difference_reason::retry);
  return request_kind::none;
}

/// False when nobody needs it any more. Then the channel is asked again, unless it is not followed.
bool engine::take_channel_answer(std::int64_t channel, steady_time now) {
  auto& channels = order_.channels();
  if (channels.is_asked(channel)) return true;
  auto const was = channels.take_asked(channel);
  if (was && was->again && order_.boxes().channel_pts(channel)) channels.request(channel, now);
  return false;
}

void engine::note_heard(steady_time now) {
  heard_at_ = now;
  failures_ = 0;
}

/// Nothing else is asked meanwhile.
bool engine::is_asking_state() const { return needs_state_ || asked_ == request_kind::state; }

// --- What the connection brings

void engine::on_updates(slice body, steady_time now) {
  heard_at_ = now;
  if (!is_placed()) note_early(body);
  if (!is_reading()) note_config(body);
  if (!open_) return request_difference(difference_reason::told);
  receive({.body = std::move(body)}, now);
}

void engine::on_own_updates(received<tl::Updates> answer, steady_time now) {
  heard_at_ = now;
  if (open_) receive({.own = std::move(answer)}, now);
}

/// Before it is known where the account stands it says nothing: that is asked for.
void engine::on_own_number(update_number const& number, steady_time now) {
  heard_at_ = now;
  bool const is_known = order_.boxes().is_known() && !is_asking_state();
  if (is_reading() && is_known) order_.apply(number, now);
}

/// What it did to the account is learnt from the difference.
void engine::on_own_unreadable(std::string const& why, steady_time now) {
  heard_at_ = now;
  order_.add_effect(log{log_level::warning, "updates: " + why});
  request_difference(difference_reason::told);
}

/// Looked at right away when nothing is to be done before: whoever made a call may act on its
/// answer at once, and its position must be there by then.
void engine::receive(inbox::entry what, steady_time now) {
  if (!inbox_.push(std::move(what))) return request_difference(difference_reason::told);
  if (next_work(now) == work::process) process(inbox_.pop(), now);
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
  if (all) early_.include(position_before(**all));
}

/// Nobody reads it now, and it is no update that comes again.
void engine::note_config(slice const& body) {
  auto news = config_news_in(body);
  if (news) order_.add_effect(config_changed{std::move(news)});
}

void engine::forget_early() {
  early_ = {};
  started_early_ = false;
}

void engine::process(inbox::entry what, steady_time now) {
  if (what.own) return order_.apply(what.own, true, now);
  auto const all = tl::decode<tl::Updates>(what.body);
  if (all) return order_.apply(*all, false, now);
  order_.add_effect(log{log_level::warning, "updates: " + all.error().text()});
  request_difference(difference_reason::told);
  process_rest(std::move(what.body), now);
}

/// What can be read of a batch that cannot be read as a whole.
void engine::process_rest(slice body, steady_time now) {
  auto saved = salvage(body);
  auto const rest = saved ? tl::decode<tl::Updates>(saved->body)
                          : result<received<tl::Updates>, tl::decode_error>();
  if (!saved || !rest) return order_.add_effect(deliver_unknown{std::move(body)});
  on_unreadable_parts(std::move(saved->unreadable));
  order_.apply(*rest, false, now);
}

void engine::on_unreadable_parts(std::vector<slice> parts) {
  if (parts.empty()) return;
  order_.add_effect(
      log{log_level::warning, "updates: values that cannot be read are handed over as bytes: " +
                                  std::to_string(parts.size())});
  for (auto& one : parts) order_.add_effect(deliver_unknown{std::move(one)});
}

// --- Answers

void engine::on_state(tl::updates::state const& answer, steady_time now) {
  auto const asked = take_pending();
  if (asked == request_kind::state) start_at(state_of(answer), now);
  if (asked == request_kind::comparison) compare(state_of(answer), now);
}

void engine::start_at(update_state state, steady_time now) {
  note_heard(now);
  needs_state_ = false;
  needs_comparison_ = false;
  end_doubt();
  state = place_before_early(state);
  report_replaced(state);
  ++epoch_;
  order_.reset_to(state, now);
}

update_state engine::place_before_early(update_state state) {
  started_early_ = !early_.empty();
  if (!started_early_) return state;
  state.pts = std::min(state.pts, early_.pts.value_or(state.pts));
  state.qts = std::min(state.qts, early_.qts.value_or(state.qts));
  state.seq = std::min(state.seq, early_.seq.value_or(state.seq));
  early_ = {};
  request_difference(difference_reason::told);
  return state;
}

/// What was missed before a position that replaces another is lost.
void engine::report_replaced(update_state state) {
  if (!order_.boxes().is_known()) return;
  auto const from = order_.boxes().state().pts;
  bool const unknown = why_replaced_ == loss_reason::unreadable;
  if (state.pts <= from && !unknown) return;
  order_.add_effect(lost{.from = from, .to = state.pts, .why = why_replaced_});
}

void engine::on_difference(received<tl::updates::Difference> const& answer, steady_time now) {
  if (take_pending() != request_kind::difference) return;
  note_heard(now);
  forget_early();
  auto const before = epoch_;
  compare_difference(*answer, now);
  if (epoch_ == before) order_.apply(answer, now);
}

void engine::on_channel_difference(std::int64_t channel,
                                   received<tl::updates::ChannelDifference> const& answer,
                                   steady_time now) {
  if (take_channel_answer(channel, now)) order_.apply(channel, answer, now);
}

void engine::on_messages(std::int64_t channel, received<tl::messages::Messages> const& answer,
                         steady_time now) {
  if (channel == 0) return on_account_messages(answer, now);
  if (take_channel_answer(channel, now)) order_.apply_history(channel, answer, now);
}

void engine::on_account_messages(received<tl::messages::Messages> const& answer, steady_time now) {
  if (take_pending() != request_kind::messages) return;
  note_heard(now);
  order_.apply_history(0, answer, now);
}

void engine::on_channel_unreachable(std::int64_t channel, steady_time now) {
  if (take_channel_answer(channel, now)) order_.forget_channel(channel, loss_reason::unreachable);
}

}  // namespace mtp::MTP_ABI::updates
