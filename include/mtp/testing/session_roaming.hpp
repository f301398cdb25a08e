// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::testing {

/// Whether sessions outlive the connection on which they began, and what happens to packets of one
/// that comes by another connection.
enum class session_roaming : std::uint8_t {
  free,     ///< the session goes on there, as on Telegram's servers
  silent,   ///< nothing: it is neither executed nor answered
  hang_up,  ///< the connection is closed
};

}  // namespace mtp::MTP_ABI::testing
