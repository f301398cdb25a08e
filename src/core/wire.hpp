// SPDX-License-Identifier: MIT OR Apache-2.0
//
// core.telegram.org/mtproto/serialize#base-types: the layout of numbers and strings in TL. Nothing
// else knows it: what is read and written by hand (containers, results, compressed data, the proof
// of a binding) uses the reader and the writer, and the codecs of generated types, which know
// arenas and offsets, ask text_layout.
#pragma once

#include <mtp/core/bytes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace mtp::MTP_ABI::wire {

enum class read_error {
  none,
  cut_short,   ///< the bytes ended before what they announce
  bad_length,  ///< a string begins with 255
  unexpected,  ///< who reads met another constructor than may stand there
};

/// The length of a string is one byte below this, else this byte and three.
inline constexpr std::uint8_t long_mark = 254;
inline constexpr std::size_t max_text = (std::size_t{1} << 24) - 1;

/// Of a string: where its bytes begin, how many there are, and how many it takes in all. Even the
/// empty one takes four.
struct text_layout {
  std::uint32_t header = 1;
  std::uint32_t size = 0;

  std::size_t whole() const noexcept { return (std::size_t{header} + size + 3) & ~std::size_t{3}; }
  std::size_t padding() const noexcept { return whole() - header - size; }
};

/// The layout of a string of `size` bytes, at most max_text.
inline text_layout layout_of(std::size_t size) noexcept {
  return {size < long_mark ? 1U : 4U, static_cast<std::uint32_t>(size)};
}

/// Reads the layout of the string at `from`, where there are four bytes. False when no string
/// begins so.
inline bool read_layout(std::uint8_t const* from, text_layout& out) noexcept {
  out = {1, *from};
  if (out.size < long_mark) [[likely]]
    return true;
  out = {4, load_le<std::uint32_t>(from) >> 8};
  return *from == long_mark;
}

/// Writes what stands before the bytes of a string, `layout.header` bytes.
inline void write_header(std::uint8_t* to, text_layout layout) noexcept {
  if (layout.header == 1) {
    *to = static_cast<std::uint8_t>(layout.size);
  } else {
    store_le(to, layout.size << 8 | long_mark);
  }
}

/// Appends a number.
template <class Integer>
void append_number(bytes& to, Integer value) {
  std::uint8_t raw[sizeof(Integer)];
  store_le(raw, value);
  append(to, raw);
}

/// Appends a string. False, and nothing is appended, when no length can say how long it is.
inline bool append_text(bytes& to, bytes_view text) {
  if (text.size() > max_text) return false;
  auto const layout = layout_of(text.size());
  std::size_t const at = to.size();
  if (to.capacity() < at + layout.whole())
    to.reserve(std::max(at + layout.whole(), 2 * to.capacity()));
  to.resize(at + layout.header);
  write_header(to.data() + at, layout);
  append(to, text);
  to.resize(at + layout.whole());
  return true;
}

/// Reads from the front. After the first failure everything is zero or empty, and error() says what
/// it was.
///
/// Lifetime: the bytes outlive it, and what it returns.
class reader {
 public:
  explicit reader(bytes_view data) noexcept : left_(data) {}

  bool ok() const noexcept { return error_ == read_error::none; }
  read_error error() const noexcept { return error_; }
  bytes_view rest() const noexcept { return left_; }

  /// The constructor id that comes next; 0 when there is none.
  std::uint32_t peek() const noexcept {
    return left_.size() < 4 ? 0 : load_le<std::uint32_t>(left_.data());
  }

  template <class Integer>
  Integer number() noexcept {
    auto const raw = take(sizeof(Integer));
    return raw.empty() ? Integer{} : load_le<Integer>(raw.data());
  }

  bytes_view take(std::size_t count) noexcept {
    if (!ok() || count > left_.size()) return fail(read_error::cut_short);
    auto const out = left_.first(count);
    left_ = left_.subspan(count);
    return out;
  }

  bytes_view text() noexcept {
    text_layout found;
    if (left_.size() < 4) return fail(read_error::cut_short);
    if (!read_layout(left_.data(), found)) return fail(read_error::bad_length);
    auto const whole = take(found.whole());
    return whole.empty() ? whole : whole.subspan(found.header, found.size);
  }

  bytes_view fail(read_error why) noexcept {
    if (ok()) error_ = why;
    left_ = {};
    return {};
  }

 private:
  bytes_view left_;
  read_error error_ = read_error::none;
};

/// Appends to bytes of its own. A string that no length can say is left out, and ok() says so.
class writer {
 public:
  template <class Integer>
  writer& number(Integer value) {
    append_number(out_, value);
    return *this;
  }

  writer& raw(bytes_view data) {
    append(out_, data);
    return *this;
  }

  writer& text(bytes_view data) {
    ok_ = ok_ && append_text(out_, data);
    return *this;
  }

  bool ok() const noexcept { return ok_; }
  bytes take() { return std::move(out_); }

 private:
  bytes out_;
  bool ok_ = true;
};

/// The constructor id that an object begins with; 0 when it is too short.
inline std::uint32_t constructor_of(bytes_view object) noexcept { return reader(object).peek(); }

}  // namespace mtp::MTP_ABI::wire
