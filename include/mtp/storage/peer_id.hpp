// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <compare>
#include <cstdint>

namespace mtp::MTP_ABI {

/// The three kinds of peer; ids of different kinds overlap.
enum class peer_kind : std::uint8_t { user = 1, chat = 2, channel = 3 };

/// Names one user, basic group or channel.
struct peer_id {
  peer_kind kind = peer_kind::user;
  std::int64_t id = 0;
  auto operator<=>(peer_id const&) const = default;
};

}  // namespace mtp::MTP_ABI
