// SPDX-License-Identifier: MIT OR Apache-2.0
#include "text/markdown_form.hpp"

#include "text/unit_cursor.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {
namespace {

/// The quotes of a text that are whole lines, and the line breaks beside them.
class quote_lines {
 public:
  explicit quote_lines(formatted_text const& text) : text_(text.text()), cursor_(text_) {
    for (auto const& one : text.entities())
      if (one.style.kind == entity_kind::quote) add(one);
  }

  std::vector<text_entity> const& quotes() const { return quotes_; }
  /// The first of the line breaks in `part`, or its end.
  std::int32_t first_in(text_entity const& part) const {
    auto const found = std::ranges::lower_bound(breaks_, part.offset);
    return found == breaks_.end() ? part.end() : std::min(*found, part.end());
  }
  bool is_beside(std::int32_t unit) const { return std::ranges::binary_search(breaks_, unit); }

 private:
  void add(text_entity const& one) {
    auto const begin = cursor_.seek(static_cast<std::size_t>(one.offset));
    auto const end = cursor_.seek(static_cast<std::size_t>(one.end()));
    bool const begins_line = begin == 0 || text_[begin - 1] == '\n';
    bool const ends_line = end == text_.size() || text_[end] == '\n';
    if (!begins_line || !ends_line) return;
    quotes_.push_back(one);
    if (begin != 0) breaks_.push_back(one.offset - 1);
    if (end != text_.size()) breaks_.push_back(one.end());
  }

  std::string_view text_;
  unit_cursor cursor_;
  std::vector<text_entity> quotes_;
  std::vector<std::int32_t> breaks_;
};

/// What can be divided, without the line breaks.
void add_pieces(text_entity rest, quote_lines const& lines, std::vector<text_entity>& to) {
  auto const end = rest.end();
  while (rest.length > 0) {
    auto const until = lines.first_in(rest);
    if (until > rest.offset) to.push_back({rest.style, rest.offset, until - rest.offset});
    rest.offset = std::min(until + 1, end);
    rest.length = end - rest.offset;
  }
}

/// What cannot, which has them at its ends alone.
void add_whole(text_entity one, quote_lines const& lines, std::vector<text_entity>& to) {
  while (one.length > 0 && lines.is_beside(one.end() - 1)) --one.length;
  while (one.length > 0 && lines.is_beside(one.offset)) {
    ++one.offset;
    --one.length;
  }
  if (one.length > 0) to.push_back(std::move(one));
}

}  // namespace

formatted_text markdown_form(formatted_text const& text) {
  quote_lines const lines(text);
  auto parts = lines.quotes();
  for (auto const& one : text.entities()) {
    if (one.style.kind == entity_kind::quote || !is_asked_for(one.style.kind)) continue;
    if (is_divisible(one.style.kind)) {
      add_pieces(one, lines, parts);
    } else {
      add_whole(one, lines, parts);
    }
  }
  return {text.text(), std::move(parts)};
}

}  // namespace mtp::MTP_ABI::detail
