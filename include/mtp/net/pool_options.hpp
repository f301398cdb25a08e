// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <cstddef>

namespace mtp::MTP_ABI {

/// How many connections are kept to a data centre for a purpose, and how long.
struct pool_options {
  std::size_t max_connections = 4;
  int busy_from = 4;  ///< calls under way on each connection, from which another one is opened
  duration idle_timeout = std::chrono::seconds(60);  ///< without a call; then it is closed
  bool keep_one = false;                             ///< the last connection is never closed
};

}  // namespace mtp::MTP_ABI
