// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/address_order.hpp"

#include <algorithm>
#include <utility>

namespace mtp::net {
namespace {

using addresses = std::vector<dc_endpoint>;

bool is_ipv6(dc_endpoint const& one) { return one.host.find(':') != std::string::npos; }

bool is_of_use(dc_endpoint const& one, address_wishes const& wishes) {
  if (one.cdn || one.port == 0) return false;
  if (one.media_only && wishes.purpose == link_purpose::main) return false;
  if ((one.tcpo_only || !one.secret.empty()) && !wishes.obfuscated) return false;
  if (wishes.want_static && !one.is_static) return false;
  return wishes.ipv6 || !is_ipv6(one);
}

void append_interleaved(addresses& out, addresses const& all) {
  auto const more = interleave_families(all);
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

addresses order_addresses(addresses const& known, address_wishes const& wishes,
                          std::optional<dc_endpoint> const& last_good) {
  addresses media;
  addresses others;
  for (auto const& one : known)
    if (is_of_use(one, wishes)) (one.media_only ? media : others).push_back(one);
  addresses out;
  append_interleaved(out, media);
  append_interleaved(out, others);
  auto const good = last_good ? std::ranges::find(out, *last_good) : out.end();
  if (good != out.end()) std::rotate(out.begin(), good, std::next(good));
  return out;
}

}  // namespace mtp::net
