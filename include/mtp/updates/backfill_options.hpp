// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/config.hpp>

#include <chrono>
#include <cstdint>

namespace mtp::MTP_ABI {

/// How much is fetched of what the server tells no more by itself: more was missed than a
/// difference holds, but the messages are still there. They come in their order, marked
/// origin::backfill; what is not fetched is an updates_lost.
struct backfill_options {
  std::int32_t max_messages = 1000;  ///< of the newest numbers so many; 0: nothing is fetched
  duration max_age = std::chrono::hours(24 * 30);  ///< older ones are left out
  /// So many messages before the hole are looked at: whether they were edited or deleted meanwhile.
  std::int32_t look_back = 100;
  duration pause = std::chrono::milliseconds(500);  ///< between two requests, of 100 messages each
};

}  // namespace mtp::MTP_ABI
