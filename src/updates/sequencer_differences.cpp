// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates#recovering-gaps
#include "updates/meet_of.hpp"
#include "updates/retry_delay.hpp"
#include "updates/short_forms.hpp"
#include "updates/state_of.hpp"

#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/Dialog.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/updates/sequencer.hpp>

#include <string>
#include <utility>

namespace mtp::MTP_ABI::updates {

namespace {

template <class Difference>
bool has_content(Difference const& part) {
  if constexpr (requires { part.new_encrypted_messages; }) {
    if (!part.new_encrypted_messages.empty()) return true;
  }
  return !part.new_messages.empty() || !part.other_updates.empty();
}

}  // namespace

// --- Of the account

void sequencer::apply(received<tl::updates::Difference> const& answer, steady_time now) {
  if (auto const* part = answer->get_if<tl::updates::differenceSlice>())
    return apply_slice(received<tl::updates::differenceSlice>(answer, part), now);
  if (auto const* gone = answer->get_if<tl::updates::differenceTooLong>())
    return apply_too_long(gone->pts, now);
  idle_rounds_ = 0;
  if (auto const* none = answer->get_if<tl::updates::differenceEmpty>()) {
    boxes_.nothing_missed(none->date, none->seq);
  } else if (auto const* all = answer->get_if<tl::updates::difference>()) {
    apply_part(received<tl::updates::difference>(answer, all), now);
    boxes_.advance_to(state_of(all->state));
  }
  reach_account();
  on_account_caught_up(now);
}

template <class Difference>
void sequencer::apply_part(received<Difference> const& part, steady_time now) {
  add_effect(meet_of(part));
  for (auto const& message : part->new_messages) {
    auto update = from_message(message);
    if (update) deliver_one(std::move(update));
  }
  for (auto const& message : part->new_encrypted_messages) deliver_one(from_message(message));
  for (auto const& update : part->other_updates)
    apply_final(received<tl::Update>(part, &update), now);
}

/// There is more behind it.
void sequencer::apply_slice(received<tl::updates::differenceSlice> const& part, steady_time now) {
  apply_part(part, now);
  auto const before = boxes_.state();
  boxes_.advance_to(state_of(part->intermediate_state));
  auto const& after = boxes_.state();
  bool const moved = after.pts != before.pts || after.qts != before.qts;
  if (after == before) end_rounds();
  on_account_round(moved, moved && has_content(*part), now);
}

/// The rest is asked for from where the server is.
void sequencer::apply_too_long(std::int32_t pts, steady_time now) {
  auto const before = boxes_.state().pts;
  bool const moved = pts > before;
  walk_due_ = now;
  if (moved && begin_walk({.from = before, .to = pts}))
    return go_on_walking(0, {}, duration(), now);
  if (moved) skip_to(update_number::order::common, pts, loss_reason::too_long);
  if (!moved) end_rounds();
  on_account_round(moved, false, now);
}

/// The same question would get the same answer.
void sequencer::end_rounds() { idle_rounds_ = std::max(idle_rounds_, max_idle_rounds - 1); }

/// More is asked for, at once while the answers bring something, then ever later. When they do not
/// even get on any more, that is the end.
void sequencer::on_account_round(bool moved, bool brought, steady_time now) {
  idle_rounds_ = brought ? 0 : idle_rounds_ + 1;
  reach_account();
  if (idle_rounds_ == max_idle_rounds)
    warn("updates: the differences of the account do not get on; asked for later");
  if (idle_rounds_ >= max_idle_rounds && !moved) return on_account_caught_up(now);
  drain();
  if (idle_rounds_ < max_idle_rounds) return request_difference(difference_reason::rest);
  next_round_ = next_round(idle_rounds_, now);
}

/// An update out of a difference: its place in the account's own orders is settled.
void sequencer::apply_final(received<tl::Update> const& one, steady_time now) {
  bool const of_channel = number_of(*one).of == update_number::order::channel;
  if (of_channel || one->holds<tl::updateChannelTooLong>()) {
    apply_one(one, false, now);
  } else {
    deliver_one(one);
  }
}

// --- Of a channel

void sequencer::apply(std::int64_t channel, received<tl::updates::ChannelDifference> const& answer,
                      steady_time now) {
  auto const before = channels_.take_asked(channel).value_or(channel_schedule::entry());
  auto const round = apply_answer(channel, answer, before.is_stuck);
  if (round.walks) return go_on_walking(channel, before, duration(), now);
  finish_round(channel, before, round, now);
}

void sequencer::finish_round(std::int64_t channel, channel_schedule::entry const& before,
                             channel_round round, steady_time now) {
  auto const from = boxes_.channel_pts(channel);
  if (round.pts) boxes_.advance_channel(channel, *round.pts);
  round.moved = boxes_.channel_pts(channel) != from;
  reach_channel(channel);
  drain();
  after_round(channel, before, round, now);
}

/// `is_stuck`: the answer before brought the same from the same place.
sequencer::channel_round sequencer::apply_answer(
    std::int64_t channel, received<tl::updates::ChannelDifference> const& answer, bool is_stuck) {
  if (auto const* gone = answer->get_if<tl::updates::channelDifferenceTooLong>())
    return restart_channel(channel, received<tl::updates::channelDifferenceTooLong>(answer, gone),
                           is_stuck);
  if (auto const* none = answer->get_if<tl::updates::channelDifferenceEmpty>())
    return {.pts = none->pts, .final = none->final};
  auto const* some = answer->get_if<tl::updates::channelDifference>();
  if (!some) return {};
  bool const repeats = is_stuck && some->pts <= boxes_.channel_pts(channel).value_or(0);
  if (!repeats) apply_part(received<tl::updates::channelDifference>(answer, some));
  return {.pts = some->pts, .final = some->final, .brought = has_content(*some)};
}

void sequencer::apply_part(received<tl::updates::channelDifference> const& part) {
  add_effect(meet_of(part));
  for (auto const& message : part->new_messages) {
    auto update = from_message(message);
    if (update) deliver_one(std::move(update));
  }
  for (auto const& update : part->other_updates) deliver_one(received<tl::Update>(part, &update));
}

sequencer::channel_round sequencer::restart_channel(
    std::int64_t channel, received<tl::updates::channelDifferenceTooLong> const& gone,
    bool is_stuck) {
  add_effect(meet_of(gone));
  auto const* dialog = gone->dialog.get_if<tl::dialog>();
  channel_round out{.final = gone->final, .brought = true};
  if (dialog) out.pts = dialog->pts;
  auto const from = boxes_.channel_pts(channel).value_or(0);
  bool const is_loss = out.pts ? *out.pts > from : !is_stuck;
  bool const is_known = dialog && dialog->top_message > 0;
  hole const what{.channel = channel,
                  .from = from,
                  .to = out.pts.value_or(from),
                  .top = dialog ? dialog->top_message : 0,
                  .final = gone->final};
  out.walks = is_loss && is_known && begin_walk(what);
  if (is_loss && !out.walks)
    add_effect(lost{.box = update_number::order::channel,
                    .channel = channel,
                    .from = from,
                    .to = out.pts,
                    .why = loss_reason::too_long});
  return out;
}

/// When the difference of the channel is wanted next, if it is. What the server says of a `timeout`
/// is how often somebody who looks at the channel should ask, no ban.
void sequencer::after_round(std::int64_t channel, channel_schedule::entry const& before,
                            channel_round const& round, steady_time now) {
  if (!round.final) return ask_for_rest(channel, before, round, now);
  if (before.again) return channels_.schedule(channel, {.due = now});
  if (!early_.has_of_channel(channel)) return channels_.remove(channel);
  if (before.gap_rounds == max_gap_rounds)
    return skip_channel_gap(channel, loss_reason::never_filled);
  if (before.gap_rounds == 0)
    warn("updates: the difference of channel " + std::to_string(channel) +
         " did not bring what is missing; it is asked for again");
  auto const due = now + retry_delay(first_gap_delay, before.gap_rounds);
  channels_.schedule(channel, {.due = due,
                               .failures = before.failures + 1,
                               .gap_rounds = before.gap_rounds + 1,
                               .until_filled = true});
}

void sequencer::ask_for_rest(std::int64_t channel, channel_schedule::entry const& before,
                             channel_round const& round, steady_time now) {
  bool const gets_on = round.moved && round.brought;
  int const idle = gets_on ? 0 : before.idle_rounds + 1;
  if (idle == max_idle_rounds)
    warn("updates: the differences of channel " + std::to_string(channel) +
         " do not get on; asked for later");
  auto const due = next_round(idle, now);
  channels_.schedule(channel,
                     {.due = due, .idle_rounds = idle, .is_rest = true, .is_stuck = !round.moved});
}

}  // namespace mtp::MTP_ABI::updates
