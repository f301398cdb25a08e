// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cassert>

namespace mtp::transport {

/// Bytes that arrive at one end and are taken from the other. Views last until the next change.
class byte_queue {
 public:
  /// An empty queue holds no more room than that: an idle connection costs little.
  static constexpr std::size_t kept = std::size_t{64} << 10;

  void push(bytes_view data) {
    if (taken_ > held_.size() / 2) compact();
    append(held_, data);
  }

  bytes_view view() const noexcept { return bytes_view(held_).subspan(taken_); }
  std::size_t size() const noexcept { return held_.size() - taken_; }
  std::size_t capacity() const noexcept { return held_.capacity(); }

  void drop(std::size_t count) {
    assert(count <= size());
    taken_ += count;
    if (taken_ == held_.size()) clear();
  }

  void clear() noexcept {
    if (held_.capacity() > kept) held_ = bytes();
    held_.clear();
    taken_ = 0;
  }

 private:
  void compact() {
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(taken_));
    taken_ = 0;
  }

  bytes held_;
  std::size_t taken_ = 0;
};

}  // namespace mtp::transport
