// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/members.hpp>

#include "events/fields.hpp"
#include "events/member_fields.hpp"

#include <mtp/tl/types/Boost.hpp>
#include <mtp/tl/types/ChannelParticipant.hpp>
#include <mtp/tl/types/ChatParticipant.hpp>
#include <mtp/tl/types/ChatParticipants.hpp>
#include <mtp/tl/types/ExportedChatInvite.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

peer_id member_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

peer_id member_change::user() const { return {peer_kind::user, *raw()->user_id()}; }

std::optional<peer_id> member_change::actor() const { return detail::actor_in(*raw()); }

std::optional<std::chrono::sys_seconds> member_change::date() const {
  auto const* at = raw()->date();
  return at ? std::optional(detail::to_date(*at)) : std::nullopt;
}

std::optional<member_status> member_change::before() const { return detail::status_before(*raw()); }

std::optional<member_status> member_change::now() const { return detail::status_now(*raw()); }

bool member_change::joined() const {
  return detail::is_inside(now()).value_or(false) &&
         (raw()->holds<tl::updateChatParticipantAdd>() ||
          !detail::is_inside(before()).value_or(true));
}

bool member_change::left() const {
  return !detail::is_inside(now()).value_or(true) &&
         (raw()->holds<tl::updateChatParticipantDelete>() ||
          detail::is_inside(before()).value_or(false));
}

std::string_view member_change::rank() const { return detail::rank_in(*raw()); }

tl::ExportedChatInvite const* member_change::invite() const {
  return detail::if_set(raw()->invite());
}

std::string_view member_change::invite_link() const {
  auto const* link = invite() ? invite()->get_if<tl::chatInviteExported>() : nullptr;
  return link ? link->link.view() : std::string_view();
}

bool member_change::by_request() const {
  return invite() && invite()->holds<tl::chatInvitePublicJoinRequests>();
}

bool member_change::by_folder() const {
  auto const* u = as<tl::updateChannelParticipant>();
  return u && u->via_chatlist;
}

std::optional<member_key> member_change::key() const {
  if (joined()) return member_key{chat(), user().id, true};
  if (left()) return member_key{chat(), user().id, false};
  return {};
}

peer_id member_list::chat() const { return {peer_kind::chat, detail::group_of(list())}; }

tl::ChatParticipants const& member_list::list() const {
  return as<tl::updateChatParticipants>()->participants;
}

tl::list<tl::ChatParticipant> const* member_list::members() const {
  auto const* all = list().get_if<tl::chatParticipants>();
  return all ? &all->participants : nullptr;
}

peer_id join_request::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

peer_id join_request::user() const { return {peer_kind::user, *raw()->user_id()}; }

std::chrono::sys_seconds join_request::date() const { return detail::to_date(*raw()->date()); }

tl::string const& join_request::about() const {
  return as<tl::updateBotChatInviteRequester>()->about;
}

std::string_view join_request::invite_link() const {
  auto const* link =
      as<tl::updateBotChatInviteRequester>()->invite.get_if<tl::chatInviteExported>();
  return link ? link->link.view() : std::string_view();
}

std::optional<std::int64_t> join_request::query_id() const {
  return as<tl::updateBotChatInviteRequester>()->query_id;
}

peer_id pending_join_requests::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t pending_join_requests::count() const {
  return as<tl::updatePendingJoinRequests>()->requests_pending;
}

tl::list<std::int64_t> const& pending_join_requests::latest() const {
  return as<tl::updatePendingJoinRequests>()->recent_requesters;
}

peer_id chat_boost::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

tl::boost const& chat_boost::boost() const { return as<tl::updateBotChatBoost>()->boost; }

std::optional<peer_id> chat_boost::sender() const {
  auto const user = boost().user_id;
  return user ? std::optional(peer_id{peer_kind::user, *user}) : std::nullopt;
}

std::chrono::sys_seconds chat_boost::date() const { return detail::to_date(boost().date); }

std::chrono::sys_seconds chat_boost::expires() const { return detail::to_date(boost().expires); }

}  // namespace mtp::MTP_ABI
