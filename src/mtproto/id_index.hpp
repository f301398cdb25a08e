// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::mtproto {

/// Finds slots by ids that are given in rising order. One block of memory, no node an entry.
class id_index {
 public:
  void add(std::int64_t id, std::uint32_t slot) {
    assert(entries_.empty() || entries_.back().id < id);
    entries_.push_back({id, slot});
  }
  void erase(std::int64_t id) {
    auto const at = lower_bound(id);
    if (at == entries_.end() || at->id != id || at->slot == gone) return;
    at->slot = gone;
    ++gone_;
    drop_last();
    if (gone_ > 32 && gone_ * 2 > entries_.size()) compact();
  }
  std::optional<std::uint32_t> find(std::int64_t id) const {
    auto const at = const_cast<id_index*>(this)->lower_bound(id);
    if (at == entries_.end() || at->id != id || at->slot == gone) return std::nullopt;
    return at->slot;
  }
  void clear() {
    entries_.clear();
    gone_ = 0;
  }

  /// Visits the slots of the ids from `first` to `last`, rising; nothing may be added or erased.
  template <class Visit>
  void each_between(std::int64_t first, std::int64_t last, Visit visit) {
    for (auto at = lower_bound(first); at != entries_.end() && at->id <= last; ++at) {
      if (at->slot != gone) visit(at->slot);
    }
  }
  template <class Visit>
  void each(Visit visit) {
    for (auto const& one : entries_) {
      if (one.slot != gone) visit(one.slot);
    }
  }

 private:
  static constexpr std::uint32_t gone = 0xffffffff;
  struct entry {
    std::int64_t id;
    std::uint32_t slot;
  };

  /// Most often it is the newest that is looked for.
  std::vector<entry>::iterator lower_bound(std::int64_t id) {
    if (!entries_.empty() && entries_.back().id == id) return entries_.end() - 1;
    return std::lower_bound(entries_.begin(), entries_.end(), id,
                            [](entry const& one, std::int64_t wanted) { return one.id < wanted; });
  }
  /// Where one call follows the other nothing stays.
  void drop_last() {
    for (; !entries_.empty() && entries_.back().slot == gone; --gone_) entries_.pop_back();
  }
  void compact() {
    std::erase_if(entries_, [](entry const& one) { return one.slot == gone; });
    gone_ = 0;
  }

  std::vector<entry> entries_;
  std::size_t gone_ = 0;
};

}  // namespace mtp::MTP_ABI::mtproto
