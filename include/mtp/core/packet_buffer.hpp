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

  bytes_view view() const noexcept { return bytes_view(data).subspan(begin); }
  mutable_bytes packet() noexcept { return mutable_bytes(data).subspan(begin); }
};

}  // namespace mtp
