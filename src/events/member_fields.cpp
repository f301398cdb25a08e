// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/channel, https://core.telegram.org/api/rights
#include "events/member_fields.hpp"

#include <mtp/tl/types/ChannelParticipant.hpp>
#include <mtp/tl/types/ChatBannedRights.hpp>
#include <mtp/tl/types/ChatParticipant.hpp>
#include <mtp/tl/types/ChatParticipants.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI::detail {
namespace {

/// Whoever may not even look was thrown out; others are in it, unless they went by themselves.
member_status status_of(tl::channelParticipantBanned const& of) {
  if (of.banned_rights.view_messages) return member_status::banned;
  return of.left ? member_status::none : member_status::restricted;
}

/// The server leaves out who is not in it.
member_status status_of(tl::ChannelParticipant const& of) {
  if (!of || of.holds<tl::channelParticipantLeft>()) return member_status::none;
  if (auto const* banned = of.get_if<tl::channelParticipantBanned>()) return status_of(*banned);
  if (of.holds<tl::channelParticipantCreator>()) return member_status::creator;
  if (of.holds<tl::channelParticipantAdmin>()) return member_status::administrator;
  return member_status::member;
}

member_status status_of(tl::ChatParticipant const& of) {
  if (!of) return member_status::none;
  if (of.holds<tl::chatParticipantCreator>()) return member_status::creator;
  if (of.holds<tl::chatParticipantAdmin>()) return member_status::administrator;
  return member_status::member;
}

member_status administrator_if(bool so) {
  return so ? member_status::administrator : member_status::member;
}

}  // namespace

std::optional<peer_id> actor_in(tl::Update const& of) {
  if (auto const* user = of.actor_id()) return peer_id{peer_kind::user, *user};
  if (auto const* u = of.get_if<tl::updateChatParticipantAdd>())
    return peer_id{peer_kind::user, u->inviter_id};
  return {};
}

std::optional<member_status> status_before(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateChannelParticipant>())
    return status_of(u->prev_participant);
  if (auto const* u = of.get_if<tl::updateChatParticipant>()) return status_of(u->prev_participant);
  if (of.holds<tl::updateChatParticipantAdd>()) return member_status::none;
  if (auto const* u = of.get_if<tl::updateChatParticipantAdmin>())
    return administrator_if(!u->is_admin);
  return {};
}

std::optional<member_status> status_now(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateChannelParticipant>())
    return status_of(u->new_participant);
  if (auto const* u = of.get_if<tl::updateChatParticipant>()) return status_of(u->new_participant);
  if (of.holds<tl::updateChatParticipantAdd>()) return member_status::member;
  if (of.holds<tl::updateChatParticipantDelete>()) return member_status::none;
  if (auto const* u = of.get_if<tl::updateChatParticipantAdmin>())
    return administrator_if(u->is_admin);
  return {};
}

std::string_view rank_in(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateChatParticipantRank>()) return u->rank;
  tl::string const* rank = nullptr;
  if (auto const* u = of.get_if<tl::updateChannelParticipant>())
    rank = u->new_participant ? u->new_participant.rank() : nullptr;
  if (auto const* u = of.get_if<tl::updateChatParticipant>())
    rank = u->new_participant ? u->new_participant.rank() : nullptr;
  return rank ? rank->view() : std::string_view();
}

std::int64_t group_of(tl::ChatParticipants const& list) {
  auto const* id = list.chat_id();
  return id ? *id : 0;
}

}  // namespace mtp::MTP_ABI::detail
