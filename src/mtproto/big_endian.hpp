// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::mtproto {

/// A number as the key exchange writes it: highest byte first, no leading zeros.
inline bytes shortest_big_endian(std::uint64_t value) {
  bytes out;
  for (int shift = 56; shift >= 0; shift -= 8) {
    auto const byte = static_cast<std::uint8_t>(value >> shift);
    if (byte != 0 || !out.empty()) out.push_back(byte);
  }
  return out;
}

/// The number that 1 to 8 bytes spell; empty for any other length.
inline std::optional<std::uint64_t> from_big_endian(bytes_view data) {
  if (data.empty() || data.size() > 8) return std::nullopt;
  std::uint64_t value = 0;
  for (std::uint8_t const byte : data) value = value << 8 | byte;
  return value;
}

}  // namespace mtp::MTP_ABI::mtproto
