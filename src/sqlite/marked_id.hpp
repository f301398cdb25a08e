// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One number for peers of all kinds, as the Bot API has it: core.telegram.org/api/bots/ids.
#pragma once

#include <mtp/storage/peer_id.hpp>

#include <optional>

namespace mtp::MTP_ABI::sqlite {

inline constexpr std::int64_t channel_mark = 1'000'000'000'000;
inline constexpr std::int64_t max_channel = 3'000'000'000'000;

constexpr std::int64_t to_marked(peer_id peer) {
  if (peer.kind == peer_kind::user) return peer.id;
  return peer.kind == peer_kind::chat ? -peer.id : -channel_mark - peer.id;
}

/// Nothing for a number that is none of a user, a group or a channel.
constexpr std::optional<peer_id> from_marked(std::int64_t number) {
  if (number > 0) return peer_id{peer_kind::user, number};
  if (number < 0 && number > -channel_mark) return peer_id{peer_kind::chat, -number};
  if (number < -channel_mark && number >= -channel_mark - max_channel)
    return peer_id{peer_kind::channel, -channel_mark - number};
  return {};
}

/// The channel that a key of update states names, which may be marked or not.
constexpr std::int64_t channel_of(std::int64_t number) {
  return number < -channel_mark ? -channel_mark - number : number;
}

}  // namespace mtp::MTP_ABI::sqlite
