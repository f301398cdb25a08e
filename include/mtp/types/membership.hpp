// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/peer_id.hpp>

#include <compare>
#include <cstdint>

namespace mtp::MTP_ABI {

/// What somebody is in a group or channel.
enum class member_status : std::uint8_t {
  none,  ///< not in it
  member,
  restricted,  ///< in it, but may not do everything
  administrator,
  creator,
  banned,  ///< thrown out, and may not come back
};

/// One joining or leaving, of which the server may tell twice: by a change of the members and by a
/// message. What tells of the same one has the same key: compare it with the last one of that user
/// in that chat.
struct member_key {
  peer_id chat;
  std::int64_t user = 0;
  bool joined = true;  ///< false for leaving
  auto operator<=>(member_key const&) const = default;
};

}  // namespace mtp::MTP_ABI
