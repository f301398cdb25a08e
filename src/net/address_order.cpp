// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/address_order.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

using addresses = std::vector<dc_endpoint>;

bool is_ipv6(dc_endpoint const& one) { return one.host.find(':') != std::string::npos; }

bool is_usable(dc_endpoint const& one, address_filter const& filter) {
  if (one.cdn || one.port == 0) return false;
  if (one.media_only && filter.purpose == link_purpose::main) return false;
  if ((one.tcpo_only || !one.secret.empty()) && !filter.obfuscated) return false;
  if (filter.static_only && !one.is_static) return false;
  return filter.ipv6 || !is_ipv6(one);
}

/// `all` in the order in which they are tried, behind `out`.
void append_in_order(addresses& out, addresses const& all,
                     std::optional<dc_endpoint> const& last_good) {
  auto more = interleave_families(all);
  auto const good = last_good ? std::ranges::find(more, *last_good) : more.end();
  if (good != more.end()) std::rotate(more.begin(), good, std::next(good));
  out.insert(out.end(), more.begin(), more.end());
}

}  // namespace

addresses interleave_families(addresses const& all) {
  addresses families[2];
  for (auto const& one : all) families[is_ipv6(one) != is_ipv6(all.front())].push_back(one);
  addresses out;
  for (std::size_t i = 0; out.size() < all.size(); ++i) {
    for (auto const& family : families) {
      if (i < family.size()) out.push_back(family[i]);
    }
  }
  return out;
}

addresses order_addresses(addresses const& known, address_filter const& filter,
                          std::optional<dc_endpoint> const& last_good) {
  addresses media;
  addresses others;
  for (auto const& one : known)
    if (is_usable(one, filter)) (one.media_only ? media : others).push_back(one);
  addresses out;
  append_in_order(out, media, last_good);
  append_in_order(out, others, last_good);
  return out;
}

}  // namespace mtp::MTP_ABI::net
