// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates#recovering-gaps
#include "updates/meet_of.hpp"
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

#include <utility>

namespace mtp::MTP_ABI::updates {

// --- Of the account

void sequencer::apply(received<tl::updates::Difference> const& answer, steady_time now) {
  if (auto const* none = answer->get_if<tl::updates::differenceEmpty>()) {
    boxes_.nothing_missed(none->date, none->seq);
    reach_account();
    on_account_caught_up();
  } else if (auto const* all = answer->get_if<tl::updates::difference>()) {
    apply_part(received<tl::updates::difference>(answer, all), now);
    reset_to(state_of(all->state));
  } else if (auto const* part = answer->get_if<tl::updates::differenceSlice>()) {
    apply_slice(received<tl::updates::differenceSlice>(answer, part), now);
  } else if (auto const* gone = answer->get_if<tl::updates::differenceTooLong>()) {
    warn("updates: too many were missed; some are lost");
    if (boxes_.state().pts != gone->pts) request_difference();
    boxes_.reset_pts(gone->pts);
    reach_account();
    drain();
  }
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

/// There is more behind it, unless the server does not get on.
void sequencer::apply_slice(received<tl::updates::differenceSlice> const& part, steady_time now) {
  apply_part(part, now);
  auto const state = state_of(part->intermediate_state);
  if (boxes_.state() != state) request_difference();
  boxes_.reset_to(state);
  reach_account();
  drain();
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
  channels_.remove(channel);
  if (auto const* none = answer->get_if<tl::updates::channelDifferenceEmpty>()) {
    boxes_.reset_channel(channel, none->pts);
  } else if (auto const* some = answer->get_if<tl::updates::channelDifference>()) {
    apply_part(channel, received<tl::updates::channelDifference>(answer, some), now);
  } else if (auto const* gone = answer->get_if<tl::updates::channelDifferenceTooLong>()) {
    restart_channel(channel, received<tl::updates::channelDifferenceTooLong>(answer, gone));
  }
  reach_channel(channel);
  if (channels_.is_wanted(channel)) return drain();
  on_channel_caught_up(channel);
}

void sequencer::apply_part(std::int64_t channel,
                           received<tl::updates::channelDifference> const& part, steady_time now) {
  add_effect(meet_of(part));
  boxes_.reset_channel(channel, part->pts);
  for (auto const& message : part->new_messages) {
    auto update = from_message(message);
    if (update) deliver_one(std::move(update));
  }
  for (auto const& update : part->other_updates) deliver_one(received<tl::Update>(part, &update));
  if (!part->final) channels_.request(channel, now);
}

void sequencer::restart_channel(std::int64_t channel,
                                received<tl::updates::channelDifferenceTooLong> const& gone) {
  add_effect(meet_of(gone));
  warn("updates: too many of a channel were missed; some are lost");
  auto const* dialog = gone->dialog.get_if<tl::dialog>();
  if (dialog && dialog->pts) boxes_.reset_channel(channel, *dialog->pts);
}

}  // namespace mtp::MTP_ABI::updates
