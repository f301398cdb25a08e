// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

namespace mtp::crypto {

/// Overwrites `data` with zeros in a way that no optimiser removes.
void wipe(mutable_bytes data) noexcept;

/// True when both hold the same bytes. How long it takes depends on the lengths only, so that a
/// stranger who guesses a secret learns nothing from the clock.
bool constant_time_equal(bytes_view a, bytes_view b) noexcept;

/// Bytes that are wiped when they go away: keys and what they are made from.
template <std::size_t Size>
struct wiped_bytes : std::array<std::uint8_t, Size> {
  wiped_bytes() : std::array<std::uint8_t, Size>{} {}
  wiped_bytes(std::array<std::uint8_t, Size> const& value)
      : std::array<std::uint8_t, Size>(value) {}
  wiped_bytes(wiped_bytes const&) = default;
  wiped_bytes& operator=(wiped_bytes const&) = default;
  ~wiped_bytes() { wipe(*this); }
};

}  // namespace mtp::crypto
