// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI {

/// What the server says of the password of an account (https://core.telegram.org/api/srp).
struct password_state {
  bool is_set = false;
  std::string hint = {};
  bool has_recovery_email = false;
  /// The address that is to be confirmed, with stars in it; empty when there is none.
  std::string unconfirmed_email = {};
  /// When somebody may remove the password who has asked for that; empty when nobody has.
  std::optional<std::chrono::sys_seconds> reset_at = {};
};

/// What came of asking that a forgotten password be removed.
struct password_reset {
  enum class state : std::uint8_t {
    done,       ///< it is removed
    begun,      ///< it is removed by asking again at `date`, unless somebody takes that back
    too_early,  ///< it may be asked for from `date` on: the last time was taken back
  };
  state what = state::done;
  std::chrono::sys_seconds date = {};
};

}  // namespace mtp::MTP_ABI
