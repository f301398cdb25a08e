// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/packet_buffer.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>
#include <mtp/core/slice.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>
#include <variant>

namespace mtp::MTP_ABI::transport {

/// How packets are told apart on a connection.
enum class kind {
  abridged,             ///< one to four bytes of length; begins with ef
  intermediate,         ///< four bytes of length; begins with ee ee ee ee
  padded_intermediate,  ///< as intermediate, with random bytes at the end; begins with dd dd dd dd
  full,                 ///< length, number, checksum; begins with nothing
};

/// "abridged", "intermediate", "padded intermediate" or "full".
MTP_API std::string_view name_of(kind k) noexcept;

/// Which end of the connection speaks. Lengths and short frames mean different things to the two.
enum class role { client, server };

/// A whole MTProto packet.
struct packet {
  slice payload = {};            ///< shares its buffer with nobody
  bool wants_quick_ack = false;  ///< only a client asks
  bool operator==(packet const&) const = default;
};

/// The server refuses: `code` is negative, -404 for an unknown key.
struct transport_error {
  std::int32_t code = 0;
  bool operator==(transport_error const&) const = default;
};

/// The server has received and decrypted the packet of this token. Bit 31 is set.
struct quick_ack {
  std::uint32_t token = 0;
  bool operator==(quick_ack const&) const = default;
};

/// What one frame of a connection says.
using frame = std::variant<packet, transport_error, quick_ack>;

/// What the code of a transport error means to a client.
MTP_API protocol_errc meaning_of(transport_error refused) noexcept;

/// Limits of a framing.
struct framing_options {
  std::size_t max_payload = std::size_t{1} << 24;  ///< larger packets are refused
  /// At most that many random bytes after a packet (padded intermediate; no more than 15). By
  /// default 15 towards servers and 3 towards clients, some of which strip only length mod 4.
  std::optional<std::size_t> max_padding = {};
};

/// Options of one packet.
struct encode_options {
  bool quick_ack = false;  ///< ask for a quick acknowledgement; full has none and ignores it
};

/// Cuts a stream of bytes into frames and makes frames of packets. Performs no I/O.
///
/// A client's framing puts the tag of its kind before the first packet. After an error the
/// connection is of no use: every further next() says the same error, and what is fed is dropped.
///
/// Threads: not thread-safe.
class MTP_API framing {
 public:
  virtual ~framing() = default;

  /// Makes a frame of a packet, whose length is a multiple of 4, where it lies: what stands before
  /// it goes into the room of the buffer. Frames are written in the order in which they were made.
  virtual void wrap(packet_buffer& packet, encode_options options = {}) = 0;
  /// Appends `payload` to `out` as one frame, for those who have no buffer with room.
  void encode(bytes_view payload, bytes& out, encode_options options = {});
  /// Appends a transport error (negative code) to `out`. Servers only.
  void encode_error(std::int32_t code, bytes& out);
  /// Appends a quick acknowledgement to `out`; nothing on full, which has none. Servers only.
  virtual void encode_quick_ack(std::uint32_t token, bytes& out) = 0;

  /// Where bytes are to be written as they come from the connection, never empty: into the payload
  /// itself once it is known to be large. Asked for anew after each commit() and next().
  virtual mutable_bytes prepare() = 0;
  /// So many bytes came where prepare() said. Call next() until it has nothing more before reading
  /// again: what is buffered then stays within one frame.
  virtual void commit(std::size_t count) = 0;
  /// Takes bytes as they came from the connection, however they were cut, for those who have them
  /// elsewhere.
  void feed(bytes_view data);
  /// The next whole frame, or nothing until more was fed.
  ///
  /// Errors: bad_frame, frame_too_large.
  virtual result<std::optional<frame>> next() = 0;

  /// How many bytes wait for the rest of their frame. While there are none, no buffer is held.
  virtual std::size_t buffered() const noexcept = 0;
  /// Which framing this is, below any obfuscation.
  virtual kind framing_kind() const noexcept = 0;
};

/// A framing for one end of one connection.
///
/// Lifetime: `random` gives the padding and must outlive the framing.
MTP_API std::unique_ptr<framing> make_framing(kind k, role r, random_source& random,
                                              framing_options options = {});

}  // namespace mtp::MTP_ABI::transport
