// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstdint>
#include <set>

namespace mtp::mtproto {

/// The last ids of the other side, to know messages that come twice. Keeps the highest ones.
class seen_ids {
 public:
  explicit seen_ids(std::size_t most) : most_(most) {}

  bool has(std::int64_t id) const { return ids_.contains(id); }
  /// Lower than everything remembered while no more is remembered: perhaps seen and forgotten.
  bool may_be_forgotten(std::int64_t id) const {
    return ids_.size() >= most_ && id < *ids_.begin();
  }
  std::int64_t lowest() const { return ids_.empty() ? 0 : *ids_.begin(); }
  std::int64_t highest() const { return ids_.empty() ? 0 : *ids_.rbegin(); }

  void add(std::int64_t id) {
    ids_.insert(id);
    if (ids_.size() > most_) ids_.erase(ids_.begin());
  }
  void clear() { ids_.clear(); }

 private:
  std::size_t most_;
  std::set<std::int64_t> ids_;
};

}  // namespace mtp::mtproto
