// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI {

/// How far the updates of an account were followed.
struct update_state {
  std::int32_t pts = 0;   ///< private chats, basic groups, the account
  std::int32_t qts = 0;   ///< secret chats, some events for bots
  std::int32_t date = 0;  ///< of the last update, in seconds of the server
  std::int32_t seq = 0;   ///< of the last numbered batch
  bool operator==(update_state const&) const = default;
};

}  // namespace mtp::MTP_ABI
