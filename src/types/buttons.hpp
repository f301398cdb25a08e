// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What buttons below messages and keys of keyboards have in common.
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/tl/types/KeyboardButtonStyle.hpp>
#include <mtp/types/button_style.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

[[noreturn]] void throw_no_button(std::string const& why);
/// Throws when `size` is more than `max`: "70 bytes of callback data, at most 64".
void check_limit(std::size_t size, std::size_t max, std::string_view what);
void check_text(std::string_view text);
std::size_t count_characters(std::string_view text);

tl::keyboardButtonStyle to_tl(button_style style);
button_style from_tl(tl::keyboardButtonStyle const& style);

/// Throws when a row is too wide, or empty, or there are too many in all; `total` counts on.
void check_row(std::size_t size, std::size_t max_width, std::size_t total, std::size_t max_total);

}  // namespace mtp::MTP_ABI::detail
