// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp::MTP_ABI {

/// The time `span` after `now`, or the end of time when no clock counts that far.
constexpr steady_time deadline_after(steady_time now, duration span) {
  return span < steady_time::max() - now ? now + span : steady_time::max();
}

}  // namespace mtp::MTP_ABI
