// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/text/text_entity.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

/// A text in which parts are bold, links, quotes and so on: what a message says.
///
/// The text is UTF-8, and always valid; places count UTF-16 units, as the API does. The parts are
/// in one normal form, so that equal texts compare equal: sorted, none empty, what is bold twice is
/// so once, what touches is joined, nothing stands inside `code` and `pre`, quotes stand in
/// nothing, and links, names, dates, emoji and what servers find contain none of each other. Of two
/// parts that may not be there both the outer or earlier one stays.
///
/// Errors of all members: text_error for text that is no UTF-8 or too long for Telegram's numbers.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API formatted_text {
 public:
  formatted_text() = default;
  /// Text without any parts. Implicit, so that a text may stand wherever a formatted one may.
  formatted_text(std::string text);
  formatted_text(std::string_view text) : formatted_text(std::string(text)) {}
  formatted_text(char const* text) : formatted_text(std::string(text)) {}
  /// `entities` may be in any order, overlap, and reach beyond the end, where they are cut. A
  /// surrogate pair is never divided: it belongs to each part that names half of it.
  formatted_text(std::string text, std::vector<text_entity> entities);

  /// What a stranger sent: bytes that are no UTF-8 become U+FFFD.
  static formatted_text repaired(std::string_view text, std::vector<text_entity> entities);

  std::string const& text() const noexcept { return text_; }
  std::vector<text_entity> const& entities() const noexcept { return entities_; }
  /// How long it is in UTF-16 units, by which servers measure.
  std::size_t size() const noexcept { return units_; }
  bool empty() const noexcept { return units_ == 0; }
  /// What stands in a part. Lifetime: a view of text().
  std::string_view text_of(text_entity const& part) const;

  formatted_text& operator+=(formatted_text const& more);
  friend formatted_text operator+(formatted_text left, formatted_text const& right) {
    left += right;
    return left;
  }

  /// All of it, made bold, a link, ... Empty text stays empty.
  formatted_text styled(text_style style) const;
  /// `count` units from `from` on, with the parts cut to it; half of a surrogate pair is left out
  /// at the front and at the end. Beyond the end there is nothing.
  formatted_text slice(std::size_t from, std::size_t count = static_cast<std::size_t>(-1)) const;
  /// Without blanks and line breaks (of ASCII) at both ends.
  formatted_text trimmed() const;

  bool operator==(formatted_text const&) const = default;

 private:
  std::string text_;
  std::vector<text_entity> entities_;
  std::size_t units_ = 0;
};

}  // namespace mtp::MTP_ABI
