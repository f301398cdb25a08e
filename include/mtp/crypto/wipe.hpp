// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/wipe.hpp>

namespace mtp::MTP_ABI::crypto {

using mtp::wipe;

/// True when both hold the same bytes. How long it takes depends on the lengths only, so that
/// whoever guesses at a secret learns nothing from the clock.
MTP_API bool constant_time_equal(bytes_view a, bytes_view b) noexcept;

/// Bytes that are wiped when they go away, also by being moved: keys and what they are made from.
template <std::size_t Size>
struct wiped_bytes : std::array<std::uint8_t, Size> {
  using array = std::array<std::uint8_t, Size>;

  wiped_bytes() : array{} {}
  wiped_bytes(array const& value) : array(value) {}
  wiped_bytes(array&& value) noexcept : array(value) { wipe(value); }
  wiped_bytes(wiped_bytes const&) = default;
  wiped_bytes(wiped_bytes&& from) noexcept : array(from) { wipe(from); }
  wiped_bytes& operator=(wiped_bytes const&) = default;
  wiped_bytes& operator=(wiped_bytes&& from) noexcept {
    if (this == &from) return *this;
    array::operator=(from);
    wipe(from);
    return *this;
  }
  ~wiped_bytes() { wipe(*this); }
};

}  // namespace mtp::MTP_ABI::crypto
