// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/net/backoff_options.hpp>
#include <mtp/net/key_options.hpp>
#include <mtp/net/pool_options.hpp>

namespace mtp::MTP_ABI {

/// How packets look on the wire.
enum class transport_choice {
  abridged,
  intermediate,
  padded,      ///< intermediate with random bytes at the end
  full,        ///< with numbers and checksums
  obfuscated,  ///< padded, and looking random from the first byte
};

/// Whether the client asks the server for the addresses of the data centres (help.getConfig).
enum class address_refresh {
  automatic,  ///< when the program named none of its own
  always,
  never,
};

/// How the client connects.
struct connection_options {
  transport_choice transport = transport_choice::intermediate;
  /// Of one attempt at one address, until the server has said something that only it can say. Both
  /// of these double, up to a minute, when they were too short for one that accepts connections.
  duration connect_timeout = std::chrono::seconds(10);
  duration handshake_timeout = std::chrono::seconds(20);  ///< of one key exchange
  /// The first connection of a client must stand within this time, or run() gives up and says why.
  /// Later ones are tried until they succeed.
  duration initial_timeout = std::chrono::seconds(10);
  backoff_options backoff = {};  ///< between attempts
  /// Between two attempts at the addresses of a data centre, which are raced (RFC 8305).
  duration stagger = std::chrono::milliseconds(250);
  bool ipv6 = true;       ///< addresses of IPv6 are used
  key_options keys = {};  ///< which keys are used, and when they are doubted
  /// The connections for each data centre and purpose beside the one that serves the account.
  pool_options pool = {};
  address_refresh refresh = address_refresh::automatic;
};

}  // namespace mtp::MTP_ABI
