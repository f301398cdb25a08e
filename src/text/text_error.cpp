// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/text/text_error.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

char const* describe(text_errc e) {
  switch (e) {
    case text_errc::invalid_utf8: return "the text is no UTF-8";
    case text_errc::bad_markup: return "the markup means nothing";
    case text_errc::too_deep: return "the markup is nested too deep";
    case text_errc::too_long: return "the text is too long";
  }
  return "unknown error of a text";
}

class text_category_type final : public std::error_category {
 public:
  char const* name() const noexcept override { return "mtp.text"; }
  std::string message(int value) const override { return describe(static_cast<text_errc>(value)); }
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

text_position position_of(std::string_view source, std::size_t offset) {
  auto const before = source.substr(0, offset);
  auto const line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  text_position out;
  out.line += static_cast<std::size_t>(std::ranges::count(before, '\n'));
  out.column +=
      line.size() - static_cast<std::size_t>(std::ranges::count_if(line, is_continuation));
  return out;
}

}  // namespace

std::error_category const& text_category() noexcept {
  static text_category_type category;
  return category;
}

std::error_code make_error_code(text_errc e) noexcept {
  return {static_cast<int>(e), text_category()};
}

text_error::text_error(text_errc e, std::size_t offset)
    : text_error(e, offset, "byte " + std::to_string(offset)) {}

text_error::text_error(text_errc e, std::size_t offset, std::string const& what)
    : error(make_error_code(e), what), offset_(offset) {}

markup_error::markup_error(text_errc e, std::string_view source, std::size_t offset,
                           std::string expected)
    : markup_error(e, position_of(source, offset), offset, std::move(expected)) {}

markup_error::markup_error(text_errc e, text_position position, std::size_t offset,
                           std::string expected)
    : text_error(e, offset,
                 "line " + std::to_string(position.line) + ", column " +
                     std::to_string(position.column) + ": expected " + expected),
      position_(position),
      expected_(std::move(expected)) {}

}  // namespace mtp::MTP_ABI
