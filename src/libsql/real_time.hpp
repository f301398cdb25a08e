// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <chrono>

namespace mtp::MTP_ABI::libsql {

/// The machine's own clock, also where a program has made up another: a server waits by no other.
inline steady_time real_time() { return std::chrono::steady_clock::now(); }

}  // namespace mtp::MTP_ABI::libsql
