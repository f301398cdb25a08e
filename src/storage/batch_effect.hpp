// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/write_batch.hpp>

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// What a batch comes to: first these spaces are emptied, then each record is written once, in any
/// order. Lifetime: the batch outlives it.
struct batch_effect {
  std::vector<record_space> cleared = {};
  std::vector<record_write const*> put = {};
  std::vector<record_write const*> erased = {};
};

inline batch_effect effect_of(write_batch const& batch) {
  using key = std::pair<record_space, std::string_view>;
  std::set<record_space> cleared;
  std::map<key, record_write const*> last;
  for (auto const& one : batch.writes()) {
    if (one.what == record_write::kind::clear) {
      cleared.insert(one.space);
      std::erase_if(last, [&](auto const& entry) { return entry.first.first == one.space; });
    } else {
      last[key(one.space, as_text(one.id))] = &one;
    }
  }
  batch_effect out;
  out.cleared.assign(cleared.begin(), cleared.end());
  for (auto const& [_, one] : last)
    (one->what == record_write::kind::put ? out.put : out.erased).push_back(one);
  return out;
}

/// The ids of a page: from `from` on, below `below` when there is an end.
struct id_bounds {
  bytes from = {};
  std::optional<bytes> below = {};
};

/// The first id behind all that begin with `prefix`, if there is one.
inline std::optional<bytes> end_of_prefix(bytes prefix) {
  while (!prefix.empty() && prefix.back() == 0xff) prefix.pop_back();
  if (prefix.empty()) return {};
  ++prefix.back();
  return prefix;
}

inline id_bounds bounds_of(record_range const& range) {
  id_bounds out{.from = range.prefix, .below = end_of_prefix(range.prefix)};
  if (!range.after || *range.after < range.prefix) return out;
  out.from = *range.after;
  out.from.push_back(0);  // nothing lies between the two
  return out;
}

}  // namespace mtp::MTP_ABI::detail
