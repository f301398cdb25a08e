// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI {

enum class button_color : std::uint8_t { usual, primary, danger, success };

/// How a button looks. Threads: a value.
struct button_style {
  button_color color = button_color::usual;
  std::int64_t icon = 0;  ///< the document of a custom emoji that stands before the text; 0: none

  bool operator==(button_style const&) const = default;
};

}  // namespace mtp::MTP_ABI
