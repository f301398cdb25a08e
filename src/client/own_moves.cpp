// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/constructor/messages.affectedMessages: what a call of our own deleted
// or read is told to the other sessions as an update, and to us by the answer alone.
#include "client/own_moves.hpp"

#include <mtp/tl/decode.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/AffectedFoundMessages.hpp>
#include <mtp/tl/types/messages/AffectedHistory.hpp>
#include <mtp/tl/types/messages/AffectedMessages.hpp>

namespace mtp::MTP_ABI::detail {
namespace {

template <class Named>
std::int64_t channel_named_by(Named const& who) {
  return who.visit([](auto const& one) -> std::int64_t {
    if constexpr (requires { one.channel_id; }) return one.channel_id;
    return 0;
  });
}

template <class Call>
std::int64_t box_of(Call const& call) {
  if constexpr (requires { call.channel; }) {
    return channel_named_by(call.channel);
  } else if constexpr (requires { call.parent_peer; }) {
    return call.parent_peer ? channel_named_by(call.parent_peer) : 0;
  } else if constexpr (requires { call.peer; }) {
    return channel_named_by(call.peer);
  } else {
    return 0;
  }
}

template <class Call>
std::optional<std::int64_t> read_box(bytes_view call) {
  auto const read = tl::decode<Call>(call);
  if (!read) return {};
  return box_of(**read);
}

struct mover {
  std::uint32_t id;
  std::optional<std::int64_t> (*box)(bytes_view call);
};

template <class Call>
constexpr mover row = {Call::tl_id, read_box<Call>};

constexpr mover movers[] = {
    row<tl::channels::deleteMessages>,         row<tl::channels::deleteParticipantHistory>,
    row<tl::messages::deleteHistory>,          row<tl::messages::deleteMessages>,
    row<tl::messages::deletePhoneCallHistory>, row<tl::messages::deleteSavedHistory>,
    row<tl::messages::deleteTopicHistory>,     row<tl::messages::readHistory>,
    row<tl::messages::readMentions>,           row<tl::messages::readMessageContents>,
    row<tl::messages::readPollVotes>,          row<tl::messages::readReactions>,
    row<tl::messages::unpinAllMessages>,
};

updates::update_number number_in(std::int64_t box, std::int32_t pts, std::int32_t count) {
  using order = updates::update_number::order;
  return {
      .of = box == 0 ? order::common : order::channel, .at = pts, .count = count, .channel = box};
}

template <class Answer>
std::optional<updates::update_number> number_of_answer(std::int64_t box, slice const& answer) {
  auto const read = tl::decode<Answer>(answer);
  if (!read) return {};
  return number_in(box, (*read)->pts, (*read)->pts_count);
}

}  // namespace

std::optional<std::int64_t> box_moved_by(bytes_view call) {
  if (call.size() < sizeof(std::uint32_t)) return {};
  auto const id = load_le<std::uint32_t>(call.data());
  for (auto const& one : movers) {
    if (one.id == id) return one.box(call);
  }
  return {};
}

std::optional<updates::update_number> move_of(std::int64_t box, slice const& answer) {
  auto const read = number_of_answer<tl::messages::affectedMessages>(box, answer);
  if (read) return read;
  auto const of_history = number_of_answer<tl::messages::affectedHistory>(box, answer);
  return of_history ? of_history
                    : number_of_answer<tl::messages::affectedFoundMessages>(box, answer);
}

}  // namespace mtp::MTP_ABI::detail
