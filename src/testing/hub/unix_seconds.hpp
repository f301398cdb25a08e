// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <chrono>
#include <cstdint>

namespace mtp::MTP_ABI::testing {

/// The wall clock as TL's dates count it: seconds since 1970.
inline std::int32_t unix_seconds(moment now) {
  auto const since = now.wall.time_since_epoch();
  return static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

}  // namespace mtp::MTP_ABI::testing
