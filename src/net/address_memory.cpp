// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/address_memory.hpp"

#include <algorithm>
#include <iterator>

namespace mtp::MTP_ABI::net {
namespace {

constexpr std::size_t max_remembered = 64;

auto is_about(dc_endpoint const& address) {
  return [&address](auto const& one) { return one.first == address; };
}

}  // namespace

void address_memory::on_good(dc_endpoint const& address) { std::erase_if(bad_, is_about(address)); }

void address_memory::on_bad(dc_endpoint const& address) {
  auto const found = std::ranges::find_if(bad_, is_about(address));
  if (found != bad_.end()) {
    found->second = std::min(found->second + 1, 1000);
  } else {
    if (bad_.size() == max_remembered) bad_.erase(bad_.begin());
    bad_.emplace_back(address, 1);
  }
}

int address_memory::failures_of(dc_endpoint const& address) const {
  auto const found = std::ranges::find_if(bad_, is_about(address));
  return found == bad_.end() ? 0 : found->second;
}

std::size_t address_memory::sort(std::vector<dc_endpoint>& all) const {
  auto const failures = [this](dc_endpoint const& one) { return failures_of(one); };
  // std::stable_sort of GCC 12 uses what clang warns of; the list is short.
  for (auto one = all.begin(); one != all.end(); ++one) {
    auto const place = std::upper_bound(
        all.begin(), one, failures(*one),
        [&](int count, dc_endpoint const& other) { return count < failures(other); });
    std::rotate(place, one, std::next(one));
  }
  auto const least = all.empty() ? 0 : failures(all.front());
  auto const worse =
      std::ranges::find_if(all, [&](auto const& one) { return failures(one) > least; });
  return static_cast<std::size_t>(std::distance(all.begin(), worse));
}

}  // namespace mtp::MTP_ABI::net
