// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp::MTP_ABI {

/// Perfect forward secrecy: whether traffic goes under temporary keys that are forgotten.
enum class pfs_mode {
  off,
  on,             ///< always; a server that cannot bind temporary keys is not used
  with_fallback,  ///< where the server can make temporary keys and bind them
};

/// What becomes of a key when a server says that it does not know it, and that it cannot bind a
/// temporary key either, which would prove it. Telegram's own servers always can.
enum class unprovable_key {
  keep,     ///< it stays stored, and is tried again
  replace,  ///< a new one is made, and whoever was signed in is no longer
};

/// How the client treats its keys.
struct key_options {
  pfs_mode pfs = pfs_mode::off;
  std::chrono::seconds temporary_lifetime = std::chrono::hours(24);  ///< of a temporary key
  std::chrono::seconds renew_before = std::chrono::hours(1);         ///< its end
  unprovable_key unprovable = unprovable_key::keep;
  /// The data centre itself may take so long until all of it knows a new key; earlier it is not
  /// believed that it does not know the key.
  duration settled_after = std::chrono::seconds(60);
  duration doubt_delay = std::chrono::seconds(1);       ///< the wait after the first 404; doubled
  duration max_doubt_delay = std::chrono::seconds(30);  ///< never more than that
};

}  // namespace mtp::MTP_ABI
