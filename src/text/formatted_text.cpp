// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/formatted_text.hpp>

#include "text/normal_form.hpp"
#include "text/unit_cursor.hpp"
#include "text/utf8.hpp"

#include <mtp/text/text_error.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

constexpr std::string_view ascii_blanks = " \t\n\v\f\r";

/// Whether a part of `left`, which is `size` units long, goes on in `right`.
bool goes_on(std::vector<text_entity> const& left, std::size_t size, text_entity const& right) {
  return std::ranges::any_of(left, [&](text_entity const& one) {
    return one.style.kind == right.style.kind && one.end() == static_cast<std::int32_t>(size);
  });
}

/// Whether bold and the like touch where two texts meet.
bool meet(std::vector<text_entity> const& left, std::size_t size,
          std::vector<text_entity> const& right) {
  for (auto const& one : right) {
    if (one.offset != 0) return false;
    if (is_divisible(one.style.kind) && goes_on(left, size, one)) return true;
  }
  return false;
}

/// The parts of `from` in the given range, counted from its beginning.
std::vector<text_entity> cut(std::vector<text_entity> const& from, std::int32_t begin,
                             std::int32_t end) {
  std::vector<text_entity> out;
  for (auto one : from) {
    if (one.offset >= end) break;
    auto const until = std::min(one.end(), end);
    one.offset = std::max(one.offset, begin);
    one.length = until - one.offset;
    one.offset -= begin;
    if (one.length > 0) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

formatted_text::formatted_text(std::string text) : text_(std::move(text)) {
  detail::check_utf8(text_);
  units_ = detail::units_of(text_);
}

formatted_text::formatted_text(std::string text, std::vector<text_entity> entities)
    : formatted_text(std::move(text)) {
  entities_ = detail::normal_form(text_, std::move(entities));
}

formatted_text formatted_text::repaired(std::string_view text, std::vector<text_entity> entities) {
  return {detail::repair_utf8(text), std::move(entities)};
}

std::string_view formatted_text::text_of(text_entity const& part) const {
  detail::unit_cursor cursor(text_);
  auto const from = cursor.seek(static_cast<std::size_t>(std::max(part.offset, 0)));
  auto const to = cursor.seek(static_cast<std::size_t>(std::max(part.end(), 0)));
  return std::string_view(text_).substr(from, to - from);
}

formatted_text& formatted_text::operator+=(formatted_text const& more) {
  if (more.units_ + units_ > INT32_MAX) throw text_error(text_errc::too_long, INT32_MAX);
  bool const joins = meet(entities_, units_, more.entities_);
  auto const shift = static_cast<std::int32_t>(units_);
  auto const count = more.entities_.size();  // of this text, when it is added to itself
  for (std::size_t i = 0; i < count; ++i) {
    auto moved = more.entities_[i];
    moved.offset += shift;
    entities_.push_back(std::move(moved));
  }
  units_ += more.units_;
  text_ += more.text_;
  if (joins) entities_ = detail::normal_form(text_, std::move(entities_));
  return *this;
}

formatted_text formatted_text::styled(text_style style) const {
  auto all = entities_;
  all.insert(all.begin(), {std::move(style), 0, static_cast<std::int32_t>(units_)});
  formatted_text out;
  out.text_ = text_;
  out.units_ = units_;
  out.entities_ = detail::normal_form(out.text_, std::move(all));
  return out;
}

formatted_text formatted_text::slice(std::size_t from, std::size_t count) const {
  from = std::min(from, units_);
  auto const to = from + std::min(count, units_ - from);
  detail::unit_cursor cursor(text_);
  auto begin = cursor.seek(from);
  if (cursor.unit() < from) begin = cursor.seek(from + 1);
  auto const first = cursor.unit();
  auto const end = std::max(begin, cursor.seek(std::max(to, first)));
  formatted_text out;
  out.text_ = text_.substr(begin, end - begin);
  out.units_ = cursor.unit() - first;
  auto parts =
      cut(entities_, static_cast<std::int32_t>(first), static_cast<std::int32_t>(cursor.unit()));
  detail::sort_stably(parts);
  out.entities_ = std::move(parts);
  return out;
}

formatted_text formatted_text::trimmed() const {
  auto const first = text_.find_first_not_of(ascii_blanks);
  if (first == std::string::npos) return {};
  auto const last = text_.find_last_not_of(ascii_blanks);
  auto const size = detail::units_of(std::string_view(text_).substr(0, last + 1));
  return slice(first, size - first);
}

}  // namespace mtp::MTP_ABI
