// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

#include <list>
#include <utility>

namespace mtp::MTP_ABI::updates {

/// What arrived and was not looked at yet, bounded in bytes. Decides nothing.
///
/// Threads: none of its own; one at a time.
class inbox {
 public:
  static constexpr std::size_t max_bytes = std::size_t{8} << 20;

  struct entry {
    slice body = {};
    received<tl::Updates> own = {};  ///< instead: the answer of a call
    std::size_t cost() const noexcept { return body.size() + own.block_size(); }
  };

  std::size_t size_in_bytes() const noexcept { return bytes_; }
  bool empty() const noexcept { return entries_.empty(); }
  /// False when there is no room: then it is not kept.
  bool push(entry what) {
    if (bytes_ + what.cost() > max_bytes) return false;
    bytes_ += what.cost();
    entries_.push_back(std::move(what));
    return true;
  }
  /// The oldest; there must be one.
  entry pop() {
    entry out = std::move(entries_.front());
    entries_.pop_front();
    bytes_ -= out.cost();
    return out;
  }
  void clear() {
    entries_.clear();
    bytes_ = 0;
  }

 private:
  std::list<entry> entries_;
  std::size_t bytes_ = 0;
};

}  // namespace mtp::MTP_ABI::updates
