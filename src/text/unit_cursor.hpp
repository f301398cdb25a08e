// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// Walks forward over valid UTF-8, and knows its place in UTF-16 units.
class unit_cursor {
 public:
  explicit unit_cursor(std::string_view text) : text_(text) {}
  /// Goes on to the code point in which `unit` is, or to the end. Returns its byte.
  std::size_t seek(std::size_t unit) noexcept;
  std::size_t unit() const noexcept { return unit_; }

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  std::size_t unit_ = 0;
};

}  // namespace mtp::MTP_ABI::detail
