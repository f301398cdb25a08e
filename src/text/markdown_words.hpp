// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What both kinds of Markdown have in common.
#pragma once

#include <mtp/text/text_entity.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI::detail {

/// What stands before and behind a part in MarkdownV2; empty for those with another form.
std::string_view marker_of(entity_kind kind) noexcept;
/// The same as people type it.
std::string_view loose_marker_of(entity_kind kind) noexcept;

/// The size of the language that `code` begins with: of the first line, when it is a word or empty.
std::optional<std::size_t> size_of_language(std::string_view code) noexcept;
/// Whether it can be written behind three backticks.
bool is_language(std::string_view text) noexcept;

}  // namespace mtp::MTP_ABI::detail
