// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/name_cache.hpp"

#include <algorithm>

namespace mtp::detail {

std::string name_cache::normalised(std::string_view name) {
  if (name.starts_with('@')) name.remove_prefix(1);
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::optional<peer_id> name_cache::find(std::string_view name, steady_time now) const {
  auto const found = names_.find(name);
  if (found == names_.end() || found->second.until <= now) return std::nullopt;
  return found->second.peer;
}

void name_cache::add(std::string name, peer_id peer, steady_time now) {
  if (names_.size() >= max_names) make_room(now);
  names_[std::move(name)] = {peer, now + lifetime};
}

/// What has expired goes first; where nothing has, the entry that will expire first.
void name_cache::make_room(steady_time now) {
  std::erase_if(names_, [&](auto const& one) { return one.second.until <= now; });
  if (names_.size() < max_names) return;
  names_.erase(
      std::ranges::min_element(names_, {}, [](auto const& one) { return one.second.until; }));
}

}  // namespace mtp::detail
