// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

namespace mtp {

/// A packet in a buffer with room before it, so that whoever wraps it writes a header there instead
/// of copying the packet.
struct packet_buffer {
  /// Room that is left before a packet: enough for the header of every transport.
  static constexpr std::size_t head_room = 64;
  /// Capacity that is reserved behind it: for what transports put there, padding and checksums.
  static constexpr std::size_t tail_room = 32;

  bytes data = {};        ///< the room, then the packet, which ends where the data ends
  std::size_t begin = 0;  ///< where the packet begins

  /// A copy of a packet that lies elsewhere, with the room around it.
  static packet_buffer copy_of(bytes_view packet) {
    packet_buffer out;
    out.data.reserve(head_room + packet.size() + tail_room);
    out.data.resize(head_room);
    out.begin = head_room;
    mtp::append(out.data, packet);
    return out;
  }

  bytes_view view() const noexcept { return bytes_view(data).subspan(begin); }
  mutable_bytes packet() noexcept { return mutable_bytes(data).subspan(begin); }

  /// Makes the packet begin `count` bytes earlier; returns them, to be written.
  mutable_bytes prepend(std::size_t count) {
    if (count > begin) {
      data.insert(data.begin(), count - begin, 0);
      begin = count;
    }
    begin -= count;
    return packet().first(count);
  }
  /// Makes the packet end `count` bytes later; returns them, to be written.
  mutable_bytes append(std::size_t count) {
    data.resize(data.size() + count);
    return packet().last(count);
  }
};

}  // namespace mtp
