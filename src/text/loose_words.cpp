// SPDX-License-Identifier: MIT OR Apache-2.0
#include "text/loose_words.hpp"

namespace mtp::MTP_ABI::detail {

bool is_loose_character(char c) noexcept {
  return c == '(' || c == ')' || loose_characters.find(c) != std::string_view::npos;
}

std::size_t end_of_loose_address(std::string_view text, std::size_t from) noexcept {
  for (; from < text.size(); ++from) {
    char const c = text[from];
    if (c == ')' || c == ' ' || c == '\n' || c == '\t' || c == '\r') return from;
    bool const escapes = c == '\\' && from + 1 < text.size() && is_loose_character(text[from + 1]);
    if (escapes) ++from;
  }
  return text.size();
}

bool is_loose_address(std::string_view text) noexcept {
  if (text.size() < 3) return false;
  auto const inner = text.substr(1, text.size() - 2);
  return inner.find_first_of(".:") != std::string_view::npos &&
         text.find_first_of(" \n\t\r") == std::string_view::npos;
}

std::string without_backslashes(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const escapes = text[i] == '\\' && i + 1 < text.size() && is_loose_character(text[i + 1]);
    if (escapes) ++i;
    out += text[i];
  }
  return out;
}

}  // namespace mtp::MTP_ABI::detail
