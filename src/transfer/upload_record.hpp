// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::transfer {

/// What is kept of an upload, so that another life of the program goes on with it: which file it
/// is, and which of its parts the servers have.
struct upload_record {
  std::int64_t file_id = 0;
  std::int32_t dc = 0;
  std::uint32_t part_size = 0;
  std::uint64_t size = 0;
  std::int64_t changed = 0;                ///< as source_identity has it
  std::array<std::uint8_t, 32> head = {};  ///< SHA-256 of the first part
  std::int64_t stored_at = 0;              ///< seconds since 1970
  std::vector<bool> saved = {};            ///< by part
  bool operator==(upload_record const&) const = default;
};

/// A version (1, so far 1), the numbers in order, little-endian, and a bit a part.
bytes encode_record(upload_record const& what);
/// Empty when it is not one.
std::optional<upload_record> decode_record(bytes_view from);

}  // namespace mtp::MTP_ABI::transfer
