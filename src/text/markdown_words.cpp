// SPDX-License-Identifier: MIT OR Apache-2.0
#include "text/markdown_words.hpp"

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::string_view no_letters_of_language = " \t\r\n\f\v`";

}  // namespace

std::string_view marker_of(entity_kind kind) noexcept {
  switch (kind) {
    case entity_kind::bold: return "*";
    case entity_kind::italic: return "_";
    case entity_kind::underline: return "__";
    case entity_kind::strike: return "~";
    case entity_kind::spoiler: return "||";
    case entity_kind::code: return "`";
    case entity_kind::pre: return "```";
    default: return {};
  }
}

std::string_view loose_marker_of(entity_kind kind) noexcept {
  switch (kind) {
    case entity_kind::bold: return "**";
    case entity_kind::italic: return "__";
    case entity_kind::strike: return "~~";
    case entity_kind::spoiler: return "||";
    case entity_kind::code: return "`";
    case entity_kind::pre: return "```";
    default: return {};
  }
}

std::optional<std::size_t> size_of_language(std::string_view code) noexcept {
  auto const end = code.find_first_of(no_letters_of_language);
  if (end == std::string_view::npos || code[end] != '\n') return {};
  return end;
}

bool is_language(std::string_view text) noexcept {
  return text.find_first_of(no_letters_of_language) == std::string_view::npos;
}

}  // namespace mtp::MTP_ABI::detail
