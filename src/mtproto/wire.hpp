// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

// The little TL that the session itself needs: its messages lie inside containers, results and
// compressed data, where their ends are not those of a value.
namespace mtp::mtproto::wire {

inline constexpr std::uint32_t boxed_vector = 0x1cb5c415;
/// No list of ids is longer.
inline constexpr std::size_t most_ids = 8192;

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

  /// Vector<long>, boxed.
  std::vector<std::int64_t> ids() {
    if (number<std::uint32_t>() != boxed_vector) ok_ = false;
    auto const count = number<std::uint32_t>();
    if (!ok_ || count > most_ids || count > left_.size() / 8) {
      fail();
      return {};
    }
    std::vector<std::int64_t> out(count);
    for (auto& id : out) id = number<std::int64_t>();
    return out;
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

  writer& ids(std::vector<std::int64_t> const& all) {
    number(boxed_vector).number(static_cast<std::uint32_t>(all.size()));
    for (auto id : all) number(id);
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
