// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// Where a text may be cut, and how well.
struct cut_place {
  enum class kind : std::uint8_t { within_grapheme, between_graphemes, blank, line, paragraph };

  std::int32_t unit = 0;
  std::int32_t byte = 0;
  kind what = kind::between_graphemes;
};

/// Every place between two code points of valid UTF-8, in order, the end as the last one. The
/// graphemes are the extended ones of Unicode.
std::vector<cut_place> cut_places(std::string_view text);

}  // namespace mtp::MTP_ABI::detail
