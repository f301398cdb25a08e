// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/people.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/EmojiStatus.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/SendMessageAction.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/UserStatus.hpp>

namespace mtp::MTP_ABI {

std::optional<peer_id> typing::sender() const { return detail::sender_in(*raw()); }

std::optional<peer_id> typing::chat() const {
  return raw()->holds<tl::updateUserTyping>() ? sender() : detail::chat_in(*raw());
}

std::optional<std::int32_t> typing::thread() const { return detail::copy_of(raw()->top_msg_id()); }

std::optional<std::int32_t> typing::secret_chat() const {
  auto const* u = as<tl::updateEncryptedChatTyping>();
  return u ? std::optional(u->chat_id) : std::nullopt;
}

tl::SendMessageAction const* typing::action() const { return detail::if_set(raw()->action()); }

bool typing::stopped() const { return action() && action()->holds<tl::sendMessageCancelAction>(); }

peer_id user_status_change::user() const { return {peer_kind::user, *raw()->user_id()}; }

bool user_status_change::online() const { return status().holds<tl::userStatusOnline>(); }

std::optional<std::chrono::sys_seconds> user_status_change::until() const {
  auto const* u = status().get_if<tl::userStatusOnline>();
  return u ? std::optional(detail::to_date(u->expires)) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> user_status_change::last_seen() const {
  auto const* u = status().get_if<tl::userStatusOffline>();
  return u ? std::optional(detail::to_date(u->was_online)) : std::nullopt;
}

tl::UserStatus const& user_status_change::status() const {
  return as<tl::updateUserStatus>()->status;
}

peer_id user_name_change::user() const { return {peer_kind::user, *raw()->user_id()}; }

tl::string const& user_name_change::first_name() const {
  return as<tl::updateUserName>()->first_name;
}

tl::string const& user_name_change::last_name() const {
  return as<tl::updateUserName>()->last_name;
}

tl::list<tl::username> const& user_name_change::usernames() const {
  return as<tl::updateUserName>()->usernames;
}

peer_id user_phone_change::user() const { return {peer_kind::user, *raw()->user_id()}; }

tl::string const& user_phone_change::phone() const { return as<tl::updateUserPhone>()->phone; }

peer_id emoji_status_change::user() const { return {peer_kind::user, *raw()->user_id()}; }

tl::EmojiStatus const& emoji_status_change::status() const {
  return as<tl::updateUserEmojiStatus>()->emoji_status;
}

peer_id user_change::user() const { return {peer_kind::user, *raw()->user_id()}; }

peer_id peer_blocked::peer() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

bool peer_blocked::blocked() const { return as<tl::updatePeerBlocked>()->blocked; }

bool peer_blocked::stories_blocked() const {
  return as<tl::updatePeerBlocked>()->blocked_my_stories_from;
}

peer_id bot_stopped::user() const { return {peer_kind::user, *raw()->user_id()}; }

std::chrono::sys_seconds bot_stopped::date() const { return detail::to_date(*raw()->date()); }

bool bot_stopped::stopped() const { return as<tl::updateBotStopped>()->stopped; }

}  // namespace mtp::MTP_ABI
