// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/name_cache.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::detail {

std::optional<peer_id> name_cache::find(std::string_view name, steady_time now) const {
  auto const found = names_.find(name);
  if (found == names_.end() || found->second.until <= now) return std::nullopt;
  return found->second.peer;
}

void name_cache::add(std::string name, peer_id peer, steady_time now) {
  if (names_.size() >= max_names) make_room(now);
  names_[std::move(name)] = {peer, now + lifetime};
}

void name_cache::remove(std::string_view name) {
  auto const found = names_.find(name);
  if (found != names_.end()) names_.erase(found);
}

void name_cache::correct(std::string_view name, peer_id peer) {
  if (names_.empty()) return;
  std::string key(name);
  std::ranges::transform(key, key.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  auto const found = names_.find(key);
  if (found != names_.end() && found->second.peer != peer) names_.erase(found);
}

/// What has expired goes first; where nothing has, the entry that will expire first.
void name_cache::make_room(steady_time now) {
  std::erase_if(names_, [&](auto const& one) { return one.second.until <= now; });
  if (names_.size() < max_names) return;
  names_.erase(
      std::ranges::min_element(names_, {}, [](auto const& one) { return one.second.until; }));
}

}  // namespace mtp::MTP_ABI::detail
