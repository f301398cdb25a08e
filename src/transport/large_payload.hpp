// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>

#include <algorithm>
#include <cassert>

namespace mtp::MTP_ABI::transport {

/// A payload that did not come in one piece: what is left of it is read to where it will stay.
///
/// What a peer announces takes no memory by itself: beyond `first_room` the buffer grows with what
/// really came.
class large_payload {
 public:
  /// Shorter payloads are copied out of the queue instead.
  static constexpr std::size_t min_length = std::size_t{8} << 10;
  static constexpr std::size_t first_room = std::size_t{1} << 20;

  /// Begins a payload of `length` bytes; the first ones are here.
  void begin(std::size_t length, bytes_view already) {
    assert(already.size() < length);
    length_ = length;
    grow(std::max(std::min(length, first_room), already.size() + 1));
    std::ranges::copy(already, room_.begin());
    filled_ = already.size();
  }

  bool is_open() const noexcept { return length_ != 0; }
  bool is_complete() const noexcept { return filled_ == length_; }
  std::size_t filled() const noexcept { return filled_; }

  /// Where the next bytes go; only while it is open and not complete.
  mutable_bytes prepare() {
    if (filled_ == room_.size()) grow(std::min(length_, 2 * filled_));
    return room_.subspan(filled_);
  }
  void commit(std::size_t count) {
    assert(count <= room_.size() - filled_);
    filled_ += count;
  }

  /// The payload, once it is complete.
  slice take() {
    assert(is_open() && is_complete());
    slice out = std::move(held_);
    *this = {};
    return out;
  }

 private:
  void grow(std::size_t size) {
    slice more = slice::uninitialised(size);
    auto const room = more.edit();
    std::copy_n(room_.begin(), filled_, room.begin());
    held_ = std::move(more);
    room_ = room;
  }

  slice held_;
  mutable_bytes room_;
  std::size_t length_ = 0;
  std::size_t filled_ = 0;
};

}  // namespace mtp::MTP_ABI::transport
