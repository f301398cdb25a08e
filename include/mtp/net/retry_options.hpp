// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp::MTP_ABI {

/// What the library does about refusals by itself, before the caller hears of them. See
/// mtp::class_of().
struct retry_options {
  /// FLOOD_WAIT is slept as long as all waits of one call stay within this; longer ones go to the
  /// caller as flood_wait. Zero hands over every one.
  duration flood_budget = std::chrono::seconds(60);
  /// Trouble inside the server (code 500 and the like) is asked again within this time.
  duration server_error_budget = std::chrono::seconds(60);
};

}  // namespace mtp::MTP_ABI
