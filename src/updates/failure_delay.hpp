// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "updates/retry_delay.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/refusal.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::updates {

/// How long the server wants a request put off.
inline duration wait_wanted(error_info const& why) {
  if (!why.refusal) return {};
  return wait_of(*why.refusal).value_or(std::chrono::seconds(0));
}

/// How long to wait after a failure that followed `failures` others: as long as the server says, if
/// it does, and ever longer by ourselves.
inline duration delay_after(error_info const& why, int failures) {
  return std::max(retry_delay(first_retry_delay, failures), wait_wanted(why));
}

}  // namespace mtp::MTP_ABI::updates
