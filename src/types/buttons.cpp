// SPDX-License-Identifier: MIT OR Apache-2.0
#include "types/buttons.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::detail {

void throw_no_button(std::string const& why) {
  throw error(make_error_code(client_errc::bad_argument), why);
}

void check_limit(std::size_t size, std::size_t max, std::string_view what) {
  if (size > max) throw_no_button(fmt::format("{} {}, at most {}", size, what, max));
}

void check_text(std::string_view text) {
  if (text.empty()) throw_no_button("a button without a text");
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

tl::keyboardButtonStyle to_tl(button_style style) {
  tl::keyboardButtonStyle out;
  out.bg_primary = style.color == button_color::primary;
  out.bg_danger = style.color == button_color::danger;
  out.bg_success = style.color == button_color::success;
  if (style.icon != 0) out.icon = style.icon;
  return out;
}

button_style from_tl(tl::keyboardButtonStyle const& style) {
  button_style out{.icon = style.icon.value_or(0)};
  if (style.bg_primary) out.color = button_color::primary;
  if (style.bg_danger) out.color = button_color::danger;
  if (style.bg_success) out.color = button_color::success;
  return out;
}

void check_row(std::size_t size, std::size_t max_width, std::size_t total, std::size_t max_total) {
  if (size == 0) throw_no_button("a row without buttons");
  check_limit(size, max_width, "buttons in a row");
  check_limit(total + size, max_total, "buttons in all");
}

}  // namespace mtp::MTP_ABI::detail
