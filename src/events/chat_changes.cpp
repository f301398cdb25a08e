// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/chat_changes.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/BotCommand.hpp>
#include <mtp/tl/types/BotMenuButton.hpp>
#include <mtp/tl/types/ChatBannedRights.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/PeerSettings.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/WallPaper.hpp>

namespace mtp::MTP_ABI {

peer_id chat_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

peer_id chat_rights_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

tl::chatBannedRights const& chat_rights_change::forbidden() const {
  return as<tl::updateChatDefaultBannedRights>()->default_banned_rights;
}

peer_id history_hidden::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t history_hidden::first_visible() const {
  return as<tl::updateChannelAvailableMessages>()->available_min_id;
}

peer_id chat_settings_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

tl::peerSettings const& chat_settings_change::settings() const {
  return as<tl::updatePeerSettings>()->settings;
}

peer_id history_lifetime_change::chat() const {
  return detail::chat_in(*raw()).value_or(peer_id{});
}

std::optional<std::chrono::seconds> history_lifetime_change::lifetime() const {
  auto const& period = as<tl::updatePeerHistoryTTL>()->ttl_period;
  return period ? std::optional(std::chrono::seconds(*period)) : std::nullopt;
}

peer_id wallpaper_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

tl::WallPaper const* wallpaper_change::wallpaper() const {
  return detail::if_set(as<tl::updatePeerWallpaper>()->wallpaper);
}

peer_id forum_view_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

bool forum_view_change::as_messages() const {
  return as<tl::updateChannelViewForumAsMessages>()->enabled;
}

peer_id bot_commands_change::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int64_t bot_commands_change::bot_id() const { return *raw()->bot_id(); }

tl::list<tl::botCommand> const& bot_commands_change::commands() const {
  return as<tl::updateBotCommands>()->commands;
}

std::int64_t bot_menu_change::bot_id() const { return *raw()->bot_id(); }

tl::BotMenuButton const& bot_menu_change::button() const {
  return as<tl::updateBotMenuButton>()->button;
}

peer_id paid_messages_exception::chat() const {
  return detail::chat_in(*raw()).value_or(peer_id{});
}

std::optional<peer_id> paid_messages_exception::user() const {
  return detail::to_peer_id(as<tl::updateMonoForumNoPaidException>()->saved_peer_id);
}

bool paid_messages_exception::free() const {
  return as<tl::updateMonoForumNoPaidException>()->exception;
}

}  // namespace mtp::MTP_ABI
