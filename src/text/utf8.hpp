// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

struct code_point {
  std::int32_t value = -1;
  std::size_t bytes = 0;  ///< 0: there is none at that place

  std::size_t units() const noexcept { return value > 0xFFFF ? 2 : 1; }
};

/// The one that `text` begins with.
code_point front_of(std::string_view text) noexcept;

/// Throws text_error where `text` is no UTF-8.
void check_utf8(std::string_view text);
/// Each byte that is none of UTF-8 becomes U+FFFD.
std::string repair_utf8(std::string_view text);

/// Adds a code point that UTF-8 can have.
void append_utf8(std::string& to, std::int32_t value);

/// How many UTF-16 units valid UTF-8 has.
std::size_t units_of(std::string_view text) noexcept;

}  // namespace mtp::MTP_ABI::detail
