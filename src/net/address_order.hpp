// SPDX-License-Identifier: MIT OR Apache-2.0
//
// RFC 8305, section 4; core.telegram.org/constructor/dcOption.
#pragma once

#include <mtp/net/address_book.hpp>
#include <mtp/net/link_id.hpp>

#include <optional>
#include <vector>

namespace mtp::MTP_ABI::net {

struct address_filter {
  link_purpose purpose = link_purpose::main;
  bool obfuscated = false;   ///< the transport is one that `tcpo_only` addresses accept
  bool ipv6 = true;          ///< may be used at all
  bool static_only = false;  ///< connections go through a proxy: only fixed addresses serve
};

/// The addresses of a data centre that serve a purpose, in the order in which to try them: the one
/// that worked last first, then IPv6 and IPv4 in turn, beginning with the family of the first one
/// in the book. For transfers those that serve only media stand before the others.
///
/// CDN addresses and those that want another transport are left out. When nothing is left the
/// answer is empty.
std::vector<dc_endpoint> order_addresses(std::vector<dc_endpoint> const& known,
                                         address_filter const& filter,
                                         std::optional<dc_endpoint> const& last_good);

/// The same addresses, IPv6 and IPv4 in turn, each family in its own order.
std::vector<dc_endpoint> interleave_families(std::vector<dc_endpoint> const& all);

}  // namespace mtp::MTP_ABI::net
