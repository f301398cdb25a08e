// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <compare>
#include <cstdint>

namespace mtp::testing {

enum class peer_kind { user, chat };

/// Whom a conversation is with, seen from one account: a user or a basic group.
struct peer {
  peer_kind kind = peer_kind::user;
  std::int64_t id = 0;

  static peer user(std::int64_t id) { return {peer_kind::user, id}; }
  static peer chat(std::int64_t id) { return {peer_kind::chat, id}; }
  auto operator<=>(peer const&) const = default;
};

}  // namespace mtp::testing
