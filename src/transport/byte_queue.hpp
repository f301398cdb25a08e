// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <memory>
#include <utility>

namespace mtp::MTP_ABI::transport {

/// Bytes that arrive at one end and are taken from the other. Views last until the next change.
///
/// An empty queue holds no memory: an idle connection costs nothing here.
class byte_queue {
 public:
  /// Room for the first read after nothing was held, which most often brings one short packet.
  static constexpr std::size_t first_room = std::size_t{1} << 10;
  /// For one that follows; the queue grows only when more is put in without anything being taken.
  static constexpr std::size_t usual_room = std::size_t{16} << 10;
  static constexpr std::size_t min_room = std::size_t{4} << 10;

  /// Where to write what arrives next: never empty.
  mutable_bytes prepare() {
    if (!held_) {
      make_room(std::exchange(short_, true) ? first_room : usual_room);
    } else if (capacity_ - end_ < min_room) {
      make_room(usual_room);
    }
    return {held_.get() + end_, capacity_ - end_};
  }
  /// So many bytes were written where prepare() said.
  void commit(std::size_t count) {
    assert(count <= capacity_ - end_);
    end_ += count;
    short_ = end_ < capacity_;  // what fills the room has more behind it
    if (begin_ == end_) clear();
  }

  bytes_view view() const noexcept { return {held_.get() + begin_, size()}; }
  std::size_t size() const noexcept { return end_ - begin_; }
  std::size_t capacity() const noexcept { return capacity_; }

  void drop(std::size_t count) {
    assert(count <= size());
    begin_ += count;
    if (begin_ == end_) clear();
  }

  void clear() noexcept {
    held_.reset();
    begin_ = end_ = capacity_ = 0;
  }

 private:
  /// What is left moves to the front when that frees half of the room, else to more room.
  void make_room(std::size_t least) {
    std::size_t const wanted = std::max(least, 2 * size());
    if (wanted <= capacity_) {
      std::memmove(held_.get(), held_.get() + begin_, size());
    } else {
      std::unique_ptr<std::uint8_t[]> more(new std::uint8_t[wanted]);
      if (size() != 0) std::memcpy(more.get(), held_.get() + begin_, size());
      held_ = std::move(more);
      capacity_ = wanted;
    }
    end_ -= begin_;
    begin_ = 0;
  }

  std::unique_ptr<std::uint8_t[]> held_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::size_t capacity_ = 0;
  bool short_ = true;  ///< the last read left room
};

}  // namespace mtp::MTP_ABI::transport
