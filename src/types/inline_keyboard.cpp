// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/constructor/replyInlineMarkup
#include <mtp/types/inline_keyboard.hpp>

#include "types/buttons.hpp"

#include <mtp/tl/types/InlineButtonType.hpp>
#include <mtp/tl/types/KeyboardInlineButton.hpp>
#include <mtp/tl/types/KeyboardInlineButtonRow.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

/// Servers take buttons to pay or play in front only.
bool belongs_in_front(inline_button const& one) {
  auto const& does = one.does();
  return does.holds<tl::inlineButtonTypeBuy>() || does.holds<tl::inlineButtonTypeGame>();
}

tl::keyboardInlineButton inline_to_tl(inline_button const& from) {
  tl::keyboardInlineButton out;
  out.text = tl::string(from.text());
  out.type = from.does();
  if (from.style() != button_style{}) out.style = detail::to_tl(from.style());
  return out;
}

inline_button inline_from_tl(tl::keyboardInlineButton const& from) {
  inline_button const out(from.text.str(), from.type);
  return from.style ? out.with(detail::from_tl(*from.style)) : out;
}

std::size_t count(std::vector<std::vector<inline_button>> const& rows) {
  std::size_t out = 0;
  for (auto const& row : rows) out += row.size();
  return out;
}

}  // namespace

std::optional<inline_keyboard> inline_keyboard::of(tl::ReplyMarkup const& markup) {
  auto const* const from = markup.get_if<tl::replyInlineMarkup>();
  if (!from) return {};
  inline_keyboard out;
  out.asks_for_reply_ = from->force_reply;
  for (auto const& row : from->rows) {
    auto& to = out.rows_.emplace_back();
    for (auto const& button : row.buttons)
      if (!button.text.empty()) to.push_back(inline_from_tl(button));
  }
  return out;
}

inline_keyboard& inline_keyboard::row(std::vector<inline_button> buttons) {
  detail::check_row(buttons.size(), max_width, count(rows_), max_buttons);
  auto const second = buttons.begin() + (rows_.empty() ? 1 : 0);
  if (std::any_of(second, buttons.end(), belongs_in_front))
    detail::throw_no_button("a button to pay or play that is not the first one");
  rows_.push_back(std::move(buttons));
  return *this;
}

inline_keyboard& inline_keyboard::add(inline_button button) {
  if (rows_.empty()) return row(std::vector{std::move(button)});
  detail::check_row(rows_.back().size() + 1, max_width, count(rows_) - rows_.back().size(),
                    max_buttons);
  if (belongs_in_front(button))
    detail::throw_no_button("a button to pay or play that is not the first one");
  rows_.back().push_back(std::move(button));
  return *this;
}

inline_keyboard& inline_keyboard::rows_of(std::size_t width,
                                          std::vector<inline_button> const& buttons) {
  if (width == 0) detail::throw_no_button("rows without buttons");
  for (auto rest = std::span(buttons); !rest.empty();) {
    auto const one = rest.first(std::min(width, rest.size()));
    row(std::vector(one.begin(), one.end()));
    rest = rest.subspan(one.size());
  }
  return *this;
}

inline_keyboard& inline_keyboard::ask_for_reply(bool asks) {
  asks_for_reply_ = asks;
  return *this;
}

tl::ReplyMarkup inline_keyboard::markup() const {
  tl::replyInlineMarkup out;
  out.force_reply = asks_for_reply_;
  for (auto const& row : rows_) {
    tl::keyboardInlineButtonRow to;
    for (auto const& button : row) to.buttons.push_back(inline_to_tl(button));
    out.rows.push_back(std::move(to));
  }
  return out;
}

}  // namespace mtp::MTP_ABI
