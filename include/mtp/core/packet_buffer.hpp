// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace mtp::MTP_ABI {

/// A packet in a buffer with room before and behind it, so that whoever wraps it writes a header
/// there instead of copying the packet.
/// Threads: a value; distinct objects may be used on different threads.
class packet_buffer {
 public:
  /// Room that is left before a packet: enough for the header of every transport.
  static constexpr std::size_t head_room = 64;
  /// Room that is left behind it: for what transports put there, padding and checksums.
  static constexpr std::size_t tail_room = 32;

  packet_buffer() = default;
  /// Room for a packet of that size, whose bytes are undefined until they are written.
  explicit packet_buffer(std::size_t size) { reserve(head_room, size, tail_room); }
  packet_buffer(packet_buffer&& other) noexcept { swap(other); }
  packet_buffer& operator=(packet_buffer other) noexcept {
    swap(other);
    return *this;
  }

  /// The same in the memory of `spare`, when that has enough.
  packet_buffer(std::size_t size, packet_buffer spare) {
    if (spare.capacity_ >= head_room + size + tail_room) {
      swap(spare);
      begin_ = head_room;
      size_ = size;
    } else {
      reserve(head_room, size, tail_room);
    }
  }

  /// A copy of a packet that lies elsewhere, with the room around it.
  static packet_buffer copy_of(bytes_view packet) {
    packet_buffer out(packet.size());
    std::ranges::copy(packet, out.packet().begin());
    return out;
  }

  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  bytes_view view() const noexcept { return {data_.get() + begin_, size_}; }
  mutable_bytes packet() noexcept { return {data_.get() + begin_, size_}; }

  /// Makes the packet begin `count` bytes earlier; returns them, to be written.
  mutable_bytes prepend(std::size_t count) {
    if (count > begin_) make_room(count, 0);
    begin_ -= count;
    size_ += count;
    return packet().first(count);
  }
  /// Makes the packet end `count` bytes later; returns them, to be written.
  mutable_bytes append(std::size_t count) {
    if (count > capacity_ - begin_ - size_) make_room(0, count);
    size_ += count;
    return packet().last(count);
  }

 private:
  void reserve(std::size_t before, std::size_t size, std::size_t behind) {
    capacity_ = before + size + behind;
    data_.reset(new std::uint8_t[capacity_]);
    begin_ = before;
    size_ = size;
  }
  void make_room(std::size_t before, std::size_t behind) {
    packet_buffer larger;
    larger.reserve(head_room + before, size_, behind + tail_room);
    std::ranges::copy(view(), larger.packet().begin());
    swap(larger);
  }
  void swap(packet_buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(capacity_, other.capacity_);
    std::swap(begin_, other.begin_);
    std::swap(size_, other.size_);
  }

  std::unique_ptr<std::uint8_t[]> data_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;  ///< where the packet begins
  std::size_t size_ = 0;   ///< of the packet
};

}  // namespace mtp::MTP_ABI
