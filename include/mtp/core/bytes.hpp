// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mtp::MTP_ABI {

/// Bytes that are owned.
using bytes = std::vector<std::uint8_t>;
/// Bytes that somebody else owns.
using bytes_view = std::span<std::uint8_t const>;
/// Bytes that somebody else owns and that may be written.
using mutable_bytes = std::span<std::uint8_t>;

/// 128 and 256 bits as they stand on the wire, never swapped (nonces, hashes).
using int128 = std::array<std::uint8_t, 16>;
using int256 = std::array<std::uint8_t, 32>;

/// The bytes of a text. The view lives as long as the text.
inline bytes_view as_bytes(std::string_view text) {
  return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

/// The text that `data` holds, whatever its encoding. The view lives as long as the data.
inline std::string_view as_text(bytes_view data) {
  return {reinterpret_cast<char const*>(data.data()), data.size()};
}

inline void append(bytes& to, bytes_view data) { to.insert(to.end(), data.begin(), data.end()); }

/// Reads a little-endian integer from the first sizeof(Integer) bytes of `from`, which must have
/// them.
template <class Integer>
constexpr Integer load_le(std::uint8_t const* from) {
  std::make_unsigned_t<Integer> value = 0;
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    value = static_cast<decltype(value)>(value | static_cast<decltype(value)>(from[i]) << (8 * i));
  }
  return static_cast<Integer>(value);
}

/// Writes `value` to `to` in little-endian order; there must be room for sizeof(Integer) bytes.
template <class Integer>
constexpr void store_le(std::uint8_t* to, Integer value) {
  auto rest = static_cast<std::make_unsigned_t<Integer>>(value);
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    to[i] = static_cast<std::uint8_t>(rest >> (8 * i));
  }
}

}  // namespace mtp::MTP_ABI
