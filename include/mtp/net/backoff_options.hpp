// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp::MTP_ABI {

/// What happens when a connection breaks.
enum class restart_policy {
  exponential,  ///< each wait is twice the one before
  fixed,        ///< each wait is the first
  none,         ///< run() ends with what broke the connection
};

/// How long to wait before connecting again.
struct backoff_options {
  duration initial_delay = std::chrono::milliseconds(500);  ///< doubled by each failure
  duration max_delay = std::chrono::seconds(30);            ///< never more than that
  /// A connection that lasted this long was a success: the next wait is the initial one.
  duration reset_after = std::chrono::seconds(10);
  restart_policy restart = restart_policy::exponential;
};

}  // namespace mtp::MTP_ABI
