// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstddef>

// The little TL that is done by hand: containers, results and compressed data hold objects whose
// types only others know.
namespace mtp::mtproto::wire {

/// Reads from the front. After the first failure everything is zero or empty, and ok() says so.
class reader {
 public:
  explicit reader(bytes_view data) noexcept : left_(data) {}

  bool ok() const noexcept { return ok_; }
  bytes_view rest() const noexcept { return left_; }

  template <class Integer>
  Integer number() noexcept {
    auto const raw = take(sizeof(Integer));
    return raw.empty() ? Integer{} : load_le<Integer>(raw.data());
  }

  bytes_view take(std::size_t count) noexcept {
    if (!ok_ || count > left_.size()) return fail();
    auto const out = left_.first(count);
    left_ = left_.subspan(count);
    return out;
  }

  /// A TL string: length, bytes, zeros up to a multiple of 4.
  bytes_view string() noexcept {
    auto const first = number<std::uint8_t>();
    if (!ok_ || first == 255) return fail();
    std::size_t header = 1;
    std::size_t length = first;
    if (first == 254) {
      auto const more = take(3);
      if (!ok_) return {};
      header = 4;
      length = static_cast<std::size_t>(more[0] | more[1] << 8 | more[2] << 16);
    }
    auto const out = take(length);
    take((4 - (header + length) % 4) % 4);
    return ok_ ? out : bytes_view();
  }

 private:
  bytes_view fail() noexcept {
    ok_ = false;
    left_ = {};
    return {};
  }

  bytes_view left_;
  bool ok_ = true;
};

/// Appends to bytes of its own.
class writer {
 public:
  template <class Integer>
  writer& number(Integer value) {
    std::uint8_t raw[sizeof(Integer)];
    store_le(raw, value);
    append(out_, raw);
    return *this;
  }

  writer& raw(bytes_view data) {
    append(out_, data);
    return *this;
  }

  writer& string(bytes_view data) {
    if (data.size() < 254) {
      number(static_cast<std::uint8_t>(data.size()));
    } else {
      number(static_cast<std::uint32_t>(data.size() << 8 | 254));
    }
    append(out_, data);
    out_.resize((out_.size() + 3) / 4 * 4);
    return *this;
  }

  bytes take() { return std::move(out_); }

 private:
  bytes out_;
};

/// The constructor id that an object begins with; 0 when it is too short.
inline std::uint32_t constructor_of(bytes_view object) noexcept {
  return object.size() < 4 ? 0 : load_le<std::uint32_t>(object.data());
}

}  // namespace mtp::mtproto::wire
