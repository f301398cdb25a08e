// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/net/backoff.hpp>

namespace mtp {

/// How packets look on the wire.
enum class transport_choice {
  abridged,
  intermediate,
  padded,      ///< intermediate with random bytes at the end
  full,        ///< with numbers and checksums
  obfuscated,  ///< padded, and looking random from the first byte
};

/// How the client connects.
struct connection_options {
  transport_choice transport = transport_choice::intermediate;
  duration connect_timeout = std::chrono::seconds(10);    ///< of one attempt at one address
  duration handshake_timeout = std::chrono::seconds(20);  ///< of one key exchange
  /// The first connection of a client must stand within this time, or run() gives up and says why.
  /// Later ones are tried for ever.
  duration first_connection = std::chrono::seconds(10);
  backoff_options backoff = {};  ///< between attempts
};

}  // namespace mtp
