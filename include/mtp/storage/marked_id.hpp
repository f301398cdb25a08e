// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/peer_id.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

namespace detail {

inline constexpr std::int64_t channel_mark = 1'000'000'000'000;
inline constexpr std::int64_t max_user = (std::int64_t{1} << 40) - 1;
inline constexpr std::int64_t max_chat = 999'999'999'999;
inline constexpr std::int64_t max_channel = 997'852'516'352;
inline constexpr std::int64_t min_monoforum = 1'002'147'483'649;
inline constexpr std::int64_t max_monoforum = 3'000'000'000'000;

constexpr bool is_channel_number(std::int64_t number) noexcept {
  return (number >= 1 && number <= max_channel) ||
         (number >= min_monoforum && number <= max_monoforum);
}

}  // namespace detail

/// The one number by which the Bot API names a peer: that of a user as it is, of a basic group
/// negative, of a channel or supergroup behind -100... (https://core.telegram.org/api/bots/ids).
/// Nothing when no peer of that kind can have this id.
constexpr std::optional<std::int64_t> to_marked_id(peer_id peer) noexcept {
  switch (peer.kind) {
    case peer_kind::user:
      if (peer.id >= 1 && peer.id <= detail::max_user) return peer.id;
      break;
    case peer_kind::chat:
      if (peer.id >= 1 && peer.id <= detail::max_chat) return -peer.id;
      break;
    case peer_kind::channel:
      if (detail::is_channel_number(peer.id)) return -detail::channel_mark - peer.id;
      break;
  }
  return {};
}

/// Whom the Bot API means by that number. Nothing when that is no user, group or channel; secret
/// chats, which only one device knows, are none of them.
constexpr std::optional<peer_id> from_marked_id(std::int64_t number) noexcept {
  if (number >= 1 && number <= detail::max_user) return peer_id{peer_kind::user, number};
  if (number < 0 && number >= -detail::max_chat) return peer_id{peer_kind::chat, -number};
  if (number >= -detail::channel_mark || number < -detail::channel_mark - detail::max_monoforum)
    return {};
  auto const channel = -detail::channel_mark - number;
  if (!detail::is_channel_number(channel)) return {};
  return peer_id{peer_kind::channel, channel};
}

}  // namespace mtp::MTP_ABI
