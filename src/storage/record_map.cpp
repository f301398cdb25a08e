// SPDX-License-Identifier: MIT OR Apache-2.0
#include "storage/record_map.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

bool begins_with(bytes const& id, bytes const& prefix) {
  return id.size() >= prefix.size() &&
         std::ranges::equal(bytes_view(id).first(prefix.size()), prefix);
}

}  // namespace

std::optional<bytes> record_map::get(record_key const& key) const {
  auto const found = all_.find(key);
  return found == all_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<record> record_map::scan(record_range const& range) const {
  std::vector<record> out;
  auto const& from = range.after ? std::max(*range.after, range.prefix) : range.prefix;
  for (auto at = all_.lower_bound(record_key(range.space, from)); at != all_.end(); ++at) {
    auto const& [key, value] = *at;
    bool const inside = key.space == range.space && begins_with(key.id, range.prefix);
    if (!inside || out.size() >= range.limit) break;
    if (key.id != range.after) out.emplace_back(key.id, value);
  }
  return out;
}

void record_map::apply(write_batch batch) {
  for (auto const& one : batch.writes()) {
    switch (one.what) {
      case record_write::kind::put:
        all_.insert_or_assign(record_key(one.space, one.id), one.value);
        break;
      case record_write::kind::erase: all_.erase(record_key(one.space, one.id)); break;
      case record_write::kind::clear: clear(one.space); break;
    }
  }
}

void record_map::clear(record_space space) {
  std::erase_if(all_, [space](auto const& one) { return one.first.space == space; });
}

}  // namespace mtp::MTP_ABI::detail
