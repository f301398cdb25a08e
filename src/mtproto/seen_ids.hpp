// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

/// The last ids of the other side, to know messages that come twice. Keeps the highest ones, in
/// order; they mostly arrive so.
class seen_ids {
 public:
  explicit seen_ids(std::size_t most) : most_(most) {}

  bool has(std::int64_t id) const {
    return !is_higher(id) && std::binary_search(begin(), ids_.end(), id);
  }
  /// Lower than everything remembered while no more is remembered: perhaps seen and forgotten.
  bool may_be_forgotten(std::int64_t id) const { return size() >= most_ && id < lowest(); }
  std::int64_t lowest() const { return ids_.empty() ? 0 : *begin(); }
  std::int64_t highest() const { return ids_.empty() ? 0 : ids_.back(); }

  void add(std::int64_t id) {
    auto const at = is_higher(id) ? ids_.cend() : std::lower_bound(begin(), ids_.cend(), id);
    if (at != ids_.end() && *at == id) return;
    ids_.insert(at, id);
    if (size() > most_) forget_lowest();
  }
  void clear() {
    ids_.clear();
    forgotten_ = 0;
  }

 private:
  std::vector<std::int64_t>::const_iterator begin() const {
    return ids_.begin() + static_cast<std::ptrdiff_t>(forgotten_);
  }
  std::size_t size() const { return ids_.size() - forgotten_; }
  /// Their place is taken back once there are many.
  void forget_lowest() {
    if (++forgotten_ <= most_ / 4) return;
    ids_.erase(ids_.begin(), begin());
    forgotten_ = 0;
  }
  bool is_higher(std::int64_t id) const { return ids_.empty() || id > ids_.back(); }

  std::size_t most_;
  std::vector<std::int64_t> ids_;  // the first of them are forgotten
  std::size_t forgotten_ = 0;
};

}  // namespace mtp::MTP_ABI::mtproto
