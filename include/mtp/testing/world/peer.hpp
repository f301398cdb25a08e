// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <compare>
#include <cstdint>

namespace mtp::MTP_ABI::testing {

enum class world_peer_kind { user, chat, channel };

/// Whom a conversation is with, seen from one account: a user, a basic group or a channel.
struct peer {
  world_peer_kind kind = world_peer_kind::user;
  std::int64_t id = 0;

  static peer user(std::int64_t id) { return {world_peer_kind::user, id}; }
  static peer chat(std::int64_t id) { return {world_peer_kind::chat, id}; }
  static peer channel(std::int64_t id) { return {world_peer_kind::channel, id}; }
  auto operator<=>(peer const&) const = default;
};

}  // namespace mtp::MTP_ABI::testing
