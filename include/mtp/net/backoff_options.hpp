// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp {

/// What happens when a connection breaks.
enum class restart_policy {
  exponential,  ///< each wait is twice the one before
  fixed,        ///< each wait is the first
  none,         ///< run() ends with what broke the connection
};

/// How long to wait before connecting again.
struct backoff_options {
  duration first = std::chrono::milliseconds(500);  ///< after the first failure; doubled by each
  duration longest = std::chrono::seconds(30);      ///< never more than that
  /// A connection that lasted this long was a success: the next wait is the first again.
  duration good_after = std::chrono::seconds(10);
  restart_policy restart = restart_policy::exponential;
};

}  // namespace mtp
