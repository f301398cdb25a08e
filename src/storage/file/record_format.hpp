// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The format of a file of records, version 1. Integers are little-endian, checksums are CRC-32.
//
//   header    64 bytes: "mtp.recs", version (4), checksum of what follows (4), where the index
//             begins (8), its length (8), its checksum (4), blocks in it (4), the number of the
//             first frame (8), zeros
//   blocks    records in the order of their keys, as entries: checksum (4), length (4), entries
//   index     for each block: where it begins (8), its length with its head (4), length of its
//             first key (2), that key
//   frames    a commit each: "frme", checksum of what follows (4), length of the entries (4),
//             number (8), the number of the last frame known to be durable (8), entries
//
// An entry: kind (1), space (1), length of the id (2), of the value (4), id, value.
// A key is the space and the id.
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/storage/write_batch.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::detail {

inline constexpr std::string_view record_file_magic = "mtp.recs";
inline constexpr std::uint32_t record_file_version = 1;
inline constexpr std::size_t record_header_size = 64;
inline constexpr std::size_t block_head_size = 8;
inline constexpr std::size_t frame_head_size = 28;

std::uint32_t checksum(bytes_view data);

/// The space and the id as one ordered text.
std::string key_text(record_space space, bytes_view id);
inline record_space space_of(std::string_view key) {
  return static_cast<record_space>(static_cast<std::uint8_t>(key.front()));
}
inline bytes_view id_of(std::string_view key) { return as_bytes(key.substr(1)); }

/// What the header of a file says.
struct record_header {
  std::uint64_t index_at = record_header_size;
  std::uint64_t index_size = 0;
  std::uint32_t index_checksum = 0;
  std::uint32_t blocks = 0;
  std::uint64_t first_frame = 1;

  std::uint64_t frames_at() const noexcept { return index_at + index_size; }
};

bytes encode_header(record_header const& header);

enum class header_fault { none, damaged, newer };
/// Reads record_header_size bytes.
header_fault decode_header(bytes_view from, record_header& out);

/// A frame where it lies.
struct frame_view {
  std::uint64_t number = 0;
  std::uint64_t durable = 0;  ///< the number of the last frame known to be durable
  bytes_view entries = {};
};

/// The bytes of a frame for `batch`.
bytes encode_frame(std::uint64_t number, std::uint64_t durable, write_batch const& batch);
/// How many bytes a frame has that begins so, frame_head_size of them at least; 0: none begins so.
std::size_t frame_size(bytes_view head);
/// What the head of a frame says of its place.
struct frame_numbers {
  std::uint64_t number = 0;
  std::uint64_t durable = 0;
};
frame_numbers frame_numbers_of(bytes_view head);
/// Reads a whole frame; nothing when its checksum is wrong.
std::optional<frame_view> decode_frame(bytes_view from);

}  // namespace mtp::MTP_ABI::detail
