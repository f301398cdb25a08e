// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/formatted_text.hpp>

#include <cstddef>
#include <vector>

namespace mtp::MTP_ABI {

/// How much text a server takes at once. The numbers are those of servers without settings of their
/// own; what an account may send stands in the configuration that servers hand out.
struct text_limits {
  std::size_t max_size = 4096;     ///< UTF-16 units, at least 2
  std::size_t max_entities = 100;  ///< at least 1; servers take no notice of the ones beyond it

  static constexpr text_limits message() noexcept { return {}; }
  /// What stands below a photo, film or file.
  static constexpr text_limits caption() noexcept { return {.max_size = 1024}; }
  /// The same of somebody who pays.
  static constexpr text_limits premium_caption() noexcept { return {.max_size = 4096}; }
};

/// Texts that say the same one after the other, each within the limits; none for an empty text.
///
/// No surrogate pair and no grapheme (what readers take for one character) is divided, unless one
/// alone is beyond the limit. No part is divided that would have room in a text of its own; one
/// that has not goes on in the next text. Of the places that are left a cut is made at the last
/// empty line in the second half of what fits, else at the last line's end there, else at the last
/// blank there, else at the end. The blanks or line breaks at a cut go, and a text of nothing else
/// does.
///
/// Linear in the length of the text. Errors: mtp::error with client_errc::bad_argument for limits
/// that are too small.
MTP_API std::vector<formatted_text> split(formatted_text const& of, text_limits limits = {});

}  // namespace mtp::MTP_ABI
