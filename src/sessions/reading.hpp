// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "core/wire.hpp"
#include "sessions/failed.hpp"

#include <mtp/core/result.hpp>
#include <mtp/core/secret.hpp>

namespace mtp::MTP_ABI::sessions {

/// The next integer, highest byte first.
template <class Integer>
Integer big(wire::reader& from) {
  auto const raw = from.take(sizeof(Integer));
  std::uint64_t value = 0;
  for (std::uint8_t byte : raw) value = value << 8 | byte;
  return static_cast<Integer>(value);
}

/// The next byte, which is 0 or 1.
inline bool flag(wire::reader& from) {
  auto const raw = from.number<std::uint8_t>();
  if (raw > 1) from.fail(wire::read_error::unexpected);
  return raw == 1;
}

/// The next byte array of Qt; the length of one that is null is 2^32 - 1.
inline bytes_view sized(wire::reader& from) {
  auto const size = big<std::uint32_t>(from);
  return size == 0xffffffffU ? bytes_view() : from.take(size);
}

/// Goes over what must be so.
inline void require(wire::reader& from, bool possible) {
  if (!possible) from.fail(wire::read_error::unexpected);
}

inline secret<bytes> copied(bytes_view data) {
  return secret<bytes>(bytes(data.begin(), data.end()));
}

/// What went wrong, once `from` is read to the end; nothing when all is well.
inline std::error_code problem_of(wire::reader const& from) {
  if (from.error() == wire::read_error::cut_short) return portable_errc::cut_short;
  if (!from.ok()) return portable_errc::bad_value;
  if (!from.rest().empty()) return portable_errc::too_long;
  return {};
}

}  // namespace mtp::MTP_ABI::sessions
