// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <chrono>

namespace mtp::MTP_ABI {

using steady_time = std::chrono::steady_clock::time_point;
using duration = std::chrono::steady_clock::duration;

/// Now, twice: `steady` measures spans and never jumps, `wall` is what the user's clock says.
///
/// Machines take it as an argument and read no clock; a test makes its own.
struct moment {
  steady_time steady = {};
  std::chrono::system_clock::time_point wall = {};

  /// The moment `span` later, on both clocks.
  moment after(duration span) const {
    return {steady + span,
            wall + std::chrono::duration_cast<std::chrono::system_clock::duration>(span)};
  }
};

/// What both clocks of this machine say.
inline moment current_moment() {
  return {std::chrono::steady_clock::now(), std::chrono::system_clock::now()};
}

}  // namespace mtp::MTP_ABI
