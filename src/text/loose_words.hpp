// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The Markdown that people type: what the parser and the printer agree on.
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::detail {

inline constexpr std::string_view loose_characters = "\\`*_~|[]!";
/// A longer address is text.
inline constexpr std::size_t max_loose_address = 4096;

/// Whether a backslash before it makes it text. A parenthesis may stand in an address.
bool is_loose_character(char c) noexcept;

/// Where an address that begins at `from` ends: at its parenthesis, or at a blank.
std::size_t end_of_loose_address(std::string_view text, std::size_t from) noexcept;
/// Whether it has the look of an address, which words in parentheses have not.
bool is_loose_address(std::string_view text) noexcept;

std::string without_backslashes(std::string_view text);

}  // namespace mtp::MTP_ABI::detail
