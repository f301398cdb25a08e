// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>

namespace mtp::mtproto {

/// The last ids of the other side, to know messages that come twice. Keeps the highest ones, in
/// order; they mostly arrive so.
class seen_ids {
 public:
  explicit seen_ids(std::size_t most) : most_(most) {}

  bool has(std::int64_t id) const {
    return !is_higher(id) && std::binary_search(ids_.begin(), ids_.end(), id);
  }
  /// Lower than everything remembered while no more is remembered: perhaps seen and forgotten.
  bool may_be_forgotten(std::int64_t id) const { return ids_.size() >= most_ && id < lowest(); }
  std::int64_t lowest() const { return ids_.empty() ? 0 : ids_.front(); }
  std::int64_t highest() const { return ids_.empty() ? 0 : ids_.back(); }

  void add(std::int64_t id) {
    auto const at = is_higher(id) ? ids_.end() : std::lower_bound(ids_.begin(), ids_.end(), id);
    if (at != ids_.end() && *at == id) return;
    ids_.insert(at, id);
    if (ids_.size() > most_) ids_.pop_front();
  }
  void clear() { ids_.clear(); }

 private:
  bool is_higher(std::int64_t id) const { return ids_.empty() || id > ids_.back(); }

  std::size_t most_;
  std::deque<std::int64_t> ids_;
};

}  // namespace mtp::mtproto
