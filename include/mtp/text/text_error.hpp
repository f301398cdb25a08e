// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>

namespace mtp::MTP_ABI {

/// What is wrong with a text; category `mtp.text`. Thrown as text_error or markup_error.
enum class text_errc {
  invalid_utf8 = 1,  ///< the bytes are no UTF-8
  bad_markup,        ///< HTML or Markdown that means nothing
  too_deep,          ///< parts nested deeper than max_markup_depth
  too_long,          ///< more than 2^31 - 1 UTF-16 units
};

MTP_API std::error_category const& text_category() noexcept;
MTP_API std::error_code make_error_code(text_errc e) noexcept;

/// How deep parts may be nested in markup.
inline constexpr std::size_t max_markup_depth = 100;

/// A text that cannot be one. Says nothing of what stands in it.
/// Threads: immutable; a copy may go to another thread.
class MTP_API text_error : public error {
 public:
  text_error(text_errc e, std::size_t offset);
  text_error(text_errc e, std::size_t offset, std::string const& what);
  /// The byte at which it is wrong.
  std::size_t offset() const noexcept { return offset_; }

 private:
  std::size_t offset_;
};

/// Where in a text a byte stands, as editors count: both begin at 1, columns count characters.
struct text_position {
  std::size_t line = 1;
  std::size_t column = 1;

  bool operator==(text_position const&) const = default;
};

/// Markup that means nothing: where it is wrong, and what should stand there.
/// Threads: immutable; a copy may go to another thread.
class MTP_API markup_error : public text_error {
 public:
  markup_error(text_errc e, std::string_view source, std::size_t offset, std::string expected);
  std::size_t line() const noexcept { return position_.line; }
  std::size_t column() const noexcept { return position_.column; }
  /// "</b>", "a number", ...
  std::string const& expected() const noexcept { return expected_; }

 private:
  markup_error(text_errc e, text_position position, std::size_t offset, std::string expected);

  text_position position_;
  std::string expected_;
};

}  // namespace mtp::MTP_ABI

template <>
struct std::is_error_code_enum<mtp::text_errc> : std::true_type {};
