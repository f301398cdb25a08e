// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "text/utf8.hpp"

#include <mtp/text/formatted_text.hpp>
#include <mtp/text/text_error.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// What a parser writes a text into: pieces of it, and the parts that are open.
class markup_builder {
 public:
  void write(std::string_view piece) {
    text_ += piece;
    units_ += units_of(piece);
  }
  std::size_t units() const noexcept { return units_; }
  std::size_t bytes() const noexcept { return text_.size(); }
  /// What was written since `byte`.
  std::string_view since(std::size_t byte) const { return std::string_view(text_).substr(byte); }

  void add(text_style style, std::size_t from) {
    auto const length = static_cast<std::int32_t>(units_ - from);
    entities_.push_back({std::move(style), static_cast<std::int32_t>(from), length});
  }
  formatted_text take() { return {std::move(text_), std::move(entities_)}; }

 private:
  std::string text_;
  std::size_t units_ = 0;
  std::vector<text_entity> entities_;
};

/// Reads markup character by character, and says where it is wrong.
class markup_source {
 public:
  /// Throws text_error when it is no UTF-8.
  explicit markup_source(std::string_view text) : text_(text) { check_utf8(text); }

  bool at_end() const noexcept { return at_ == text_.size(); }
  std::size_t at() const noexcept { return at_; }
  std::size_t size() const noexcept { return text_.size(); }
  std::string_view rest() const noexcept { return text_.substr(at_); }
  /// What is ahead; 0 behind the end, where nothing that is looked for is.
  char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  bool sees(std::string_view what) const noexcept { return text_.substr(at_).starts_with(what); }
  bool take(std::string_view what) noexcept {
    if (!sees(what)) return false;
    at_ += what.size();
    return true;
  }
  char take() noexcept { return text_[at_++]; }
  void skip(std::size_t bytes) noexcept { at_ += bytes; }
  /// What is before the next of these characters.
  std::string_view take_until(std::string_view any_of) noexcept {
    auto const end = std::min(text_.find_first_of(any_of, at_), text_.size());
    auto const out = text_.substr(at_, end - at_);
    at_ = end;
    return out;
  }
  std::string_view between(std::size_t from, std::size_t to) const {
    return text_.substr(from, to - from);
  }

  [[noreturn]] void fail(std::string expected) const { fail_at(at_, std::move(expected)); }
  [[noreturn]] void fail_at(std::size_t offset, std::string expected) const {
    throw markup_error(text_errc::bad_markup, text_, offset, std::move(expected));
  }
  [[noreturn]] void fail_too_deep() const {
    throw markup_error(text_errc::too_deep, text_, at_,
                       "at most " + std::to_string(max_markup_depth) + " levels");
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace mtp::MTP_ABI::detail
