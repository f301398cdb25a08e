// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The flags are those of core.telegram.org/constructor/dcOption, by their bits.
#include "client/stored_addresses.hpp"

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::uint16_t media_only = 1 << 1;
constexpr std::uint16_t tcpo_only = 1 << 2;
constexpr std::uint16_t cdn = 1 << 3;
constexpr std::uint16_t is_static = 1 << 4;
constexpr std::uint16_t this_port_only = 1 << 5;

std::uint16_t flag(bool set, std::uint16_t bit) { return set ? bit : std::uint16_t{0}; }

}  // namespace

stored_address to_stored_address(dc_endpoint const& one) {
  stored_address out;
  out.host = one.host;
  out.port = one.port;
  out.flags = static_cast<std::uint16_t>(
      flag(one.media_only, media_only) | flag(one.tcpo_only, tcpo_only) | flag(one.cdn, cdn) |
      flag(one.is_static, is_static) | flag(one.this_port_only, this_port_only));
  out.proxy_secret = one.secret;
  return out;
}

dc_endpoint to_endpoint(stored_address const& one) {
  return {.host = one.host,
          .port = one.port,
          .media_only = (one.flags & media_only) != 0,
          .tcpo_only = (one.flags & tcpo_only) != 0,
          .cdn = (one.flags & cdn) != 0,
          .is_static = (one.flags & is_static) != 0,
          .this_port_only = (one.flags & this_port_only) != 0,
          .secret = one.proxy_secret.reveal()};
}

std::vector<dc_endpoint> to_endpoints(std::vector<stored_address> const& all) {
  std::vector<dc_endpoint> out;
  for (auto const& one : all) out.push_back(to_endpoint(one));
  return out;
}

}  // namespace mtp::MTP_ABI::detail
