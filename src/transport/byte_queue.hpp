// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cassert>

namespace mtp::transport {

/// Bytes that arrive at one end and are taken from the other.
class byte_queue {
 public:
  void push(bytes_view data) {
    if (taken_ == held_.size()) clear();
    if (taken_ > held_.size() / 2) compact();
    append(held_, data);
  }

  bytes_view view() const noexcept { return bytes_view(held_).subspan(taken_); }
  std::size_t size() const noexcept { return held_.size() - taken_; }

  void drop(std::size_t count) {
    assert(count <= size());
    taken_ += count;
  }

  void clear() noexcept {
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
