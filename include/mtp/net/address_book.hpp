// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/result.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

/// Where a data centre listens: a host name or an address without brackets, and a port; and what
/// the server says about that address (core.telegram.org/constructor/dcOption).
struct dc_endpoint {
  std::string host = {};
  std::uint16_t port = 0;
  bool media_only = false;      ///< serves transfers of files, and is preferred for them
  bool tcpo_only = false;       ///< wants the obfuscated transport
  bool cdn = false;             ///< belongs to a CDN: no address for anything else
  bool is_static = false;       ///< stays the same: the only kind for those behind a proxy
  bool this_port_only = false;  ///< other ports of the same host are of no use
  bytes secret = {};            ///< goes into the obfuscated transport when not empty
  bool operator==(dc_endpoint const&) const = default;
};

/// The ways to each data centre, by its number, in the order in which they are tried.
using address_book = std::map<int, std::vector<dc_endpoint>>;

/// Telegram's own servers, or those that they give for tests.
enum class dc_environment { production, test };

/// The addresses from which Telegram's servers can be reached for the first time.
MTP_API address_book const& builtin_addresses(dc_environment environment);

/// Reads "2@127.0.0.1:4430,4@[::1]:443,5@dc.example:80". A data centre may stand there several
/// times. The failure is a phrase that says what is wrong.
MTP_API result<address_book, std::string> parse_address_book(std::string_view text);

}  // namespace mtp::MTP_ABI
