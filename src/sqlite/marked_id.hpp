// SPDX-License-Identifier: MIT OR Apache-2.0
//
// One number for peers of all kinds, as the Bot API has it: core.telegram.org/api/bots/ids.
#pragma once

#include <mtp/storage/marked_id.hpp>

#include <optional>

namespace mtp::MTP_ABI::sqlite {

/// Other libraries may have stored what no peer can have: written as it is.
constexpr std::int64_t to_marked(peer_id peer) {
  if (peer.kind == peer_kind::user) return peer.id;
  return peer.kind == peer_kind::chat ? -peer.id : -mtp::detail::channel_mark - peer.id;
}

/// Nothing for a number that is none of a user, a group or a channel.
constexpr std::optional<peer_id> from_marked(std::int64_t number) { return from_marked_id(number); }

/// The channel that a key of update states names, which may be marked or not.
constexpr std::int64_t channel_of(std::int64_t number) {
  using mtp::detail::channel_mark;
  return number < -channel_mark ? -channel_mark - number : number;
}

}  // namespace mtp::MTP_ABI::sqlite
