// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/type/ReplyMarkup
#include <mtp/types/reply_keyboard.hpp>

#include "types/buttons.hpp"

#include <mtp/tl/types/KeyboardButton.hpp>
#include <mtp/tl/types/KeyboardButtonRow.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>

namespace mtp::MTP_ABI {
namespace {

std::optional<tl::string> placeholder_of(std::string const& text) {
  detail::check_limit(detail::count_characters(text), reply_keyboard::max_placeholder,
                      "characters of placeholder");
  if (text.empty()) return {};
  return tl::string(text);
}

tl::keyboardButton key_to_tl(reply_key const& from) {
  tl::keyboardButton out;
  out.text = tl::string(from.text());
  out.type = from.does();
  if (from.style() != button_style{}) out.style = detail::to_tl(from.style());
  return out;
}

reply_key key_from_tl(tl::keyboardButton const& from) {
  reply_key const out(from.text.str(), from.type);
  return from.style ? out.with(detail::from_tl(*from.style)) : out;
}

std::size_t count(std::vector<std::vector<reply_key>> const& rows) {
  std::size_t out = 0;
  for (auto const& row : rows) out += row.size();
  return out;
}

reply_keyboard_options options_of(tl::replyKeyboardMarkup const& from) {
  return {.resize = from.resize,
          .once = from.single_use,
          .persistent = from.persistent,
          .selective = from.selective,
          .ask_for_reply = from.force_reply,
          .placeholder = from.placeholder ? from.placeholder->str() : std::string()};
}

}  // namespace

reply_keyboard::reply_keyboard(reply_keyboard_options options) : options_(std::move(options)) {
  (void)placeholder_of(options_.placeholder);
}

std::optional<reply_keyboard> reply_keyboard::of(tl::ReplyMarkup const& markup) {
  auto const* const from = markup.get_if<tl::replyKeyboardMarkup>();
  if (!from) return {};
  reply_keyboard out;
  out.options_ = options_of(*from);
  for (auto const& row : from->rows) {
    auto& to = out.rows_.emplace_back();
    for (auto const& key : row.buttons)
      if (!key.text.empty()) to.push_back(key_from_tl(key));
  }
  return out;
}

reply_keyboard& reply_keyboard::row(std::vector<reply_key> keys) {
  detail::check_row(keys.size(), max_width, count(rows_), max_keys);
  rows_.push_back(std::move(keys));
  return *this;
}

reply_keyboard& reply_keyboard::add(reply_key key) {
  if (rows_.empty()) return row(std::vector{std::move(key)});
  auto& last = rows_.back();
  detail::check_row(last.size() + 1, max_width, count(rows_) - last.size(), max_keys);
  last.push_back(std::move(key));
  return *this;
}

tl::ReplyMarkup reply_keyboard::markup() const {
  tl::replyKeyboardMarkup out;
  out.resize = options_.resize;
  out.single_use = options_.once;
  out.persistent = options_.persistent;
  out.selective = options_.selective;
  out.force_reply = options_.ask_for_reply;
  out.placeholder = placeholder_of(options_.placeholder);
  for (auto const& row : rows_) {
    tl::keyboardButtonRow to;
    for (auto const& key : row) to.buttons.push_back(key_to_tl(key));
    out.rows.push_back(std::move(to));
  }
  return out;
}

tl::ReplyMarkup force_reply::markup() const {
  tl::replyKeyboardForceReply out;
  out.single_use = once;
  out.selective = selective;
  out.placeholder = placeholder_of(placeholder);
  return out;
}

tl::ReplyMarkup hide_keyboard::markup() const {
  return tl::replyKeyboardHide{.selective = selective};
}

}  // namespace mtp::MTP_ABI
