// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::testing {

/// What happens to a client that connects to an address.
enum class address_service : std::uint8_t {
  full,    ///< it is served
  silent,  ///< its connection is accepted, and nothing is ever said
  closed,  ///< its connection is refused: nobody listens there
};

/// How an address serves, and what `help.getConfig` tells of it (protocol.md 6.2). Whether it is an
/// IPv6 address follows from its host.
struct address_options {
  address_service service = address_service::full;
  /// Key exchanges must name the data centre by its negative number there (else error -444), and
  /// no updates are pushed. Keys are those of the data centre.
  bool media_only = false;
  bool tcpo_only = false;  ///< who does not obfuscate is sent away
  bool cdn = false;
  bool is_static = true;  ///< grammers skips addresses without it
  bool this_port_only = true;
  std::optional<int128> secret = {};  ///< who does not obfuscate under it is sent away
  bool operator==(address_options const&) const = default;
};

/// Where a data centre listens. It may do so at several addresses.
struct dc_address {
  int id = 2;
  std::string host = {};
  std::uint16_t port = 0;
  address_options options = {};
  bool operator==(dc_address const&) const = default;
};

}  // namespace mtp::MTP_ABI::testing
