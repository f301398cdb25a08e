// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace mtp::MTP_ABI::tl {

namespace codec {
struct access;
}

namespace detail {

/// A run of bytes that is either owned or borrowed from a received packet.
class MTP_API chunk {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }

 protected:
  constexpr chunk() noexcept = default;
  chunk(void const* data, std::size_t size);
  chunk(chunk const& other) : chunk(other.data_, other.size_) {}
  chunk(chunk&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        owned_(std::exchange(other.owned_, false)) {}
  ~chunk() {
    if (owned_) release();
  }
  void swap(chunk& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(owned_, other.owned_);
  }
  void const* data_ = nullptr;

 private:
  friend struct codec::access;
  void release() noexcept;

  std::uint32_t size_ = 0;
  bool owned_ = false;
};

}  // namespace detail

class string;
class bytes;

template <class S>
concept string_like = std::convertible_to<S const&, std::string_view>;

/// Text of TL: any bytes, UTF-8 by convention.
///
/// What a program makes or copies owns its bytes; inside a received value it borrows from the
/// packet. Lifetime: a copy never dangles; views of it live as long as it does. Errors: throws
/// std::length_error beyond 4 GiB and std::bad_alloc; no other operation throws.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API string : public detail::chunk {
 public:
  constexpr string() noexcept = default;
  template <string_like S>
    requires(!std::same_as<S, string>)
  string(S const& text) : string(std::string_view(text)) {}
  string(std::string_view text) : chunk(text.data(), text.size()) {}
  string(string const&) = default;
  string(string&&) noexcept = default;
  string& operator=(string other) noexcept {
    swap(other);
    return *this;
  }

  char const* data() const noexcept { return static_cast<char const*>(data_); }
  char const* begin() const noexcept { return data(); }
  char const* end() const noexcept { return data() + size(); }
  std::string_view view() const noexcept { return {data(), size()}; }
  operator std::string_view() const noexcept { return view(); }
  std::string str() const { return std::string(view()); }
};

template <string_like S>
bool operator==(string const& a, S const& b) {
  return a.view() == std::string_view(b);
}
template <string_like S>
std::strong_ordering operator<=>(string const& a, S const& b) {
  return a.view() <=> std::string_view(b);
}

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& to,
                                             string const& text) {
  return to << std::basic_string_view<char, Traits>(text.data(), text.size());
}

/// Bytes of TL. Owns or borrows as `string` does, and is made from texts as well as from bytes.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API bytes : public detail::chunk {
 public:
  constexpr bytes() noexcept = default;
  template <class B>
    requires(std::convertible_to<B const&, bytes_view> && !std::same_as<B, bytes>)
  bytes(B const& data) : bytes(bytes_view(data)) {}
  bytes(bytes_view data) : chunk(data.data(), data.size()) {}
  template <string_like S>
    requires(!std::convertible_to<S const&, bytes_view>)
  bytes(S const& text) : bytes(as_bytes(std::string_view(text))) {}
  bytes(bytes const&) = default;
  bytes(bytes&&) noexcept = default;
  bytes& operator=(bytes other) noexcept {
    swap(other);
    return *this;
  }

  std::uint8_t const* data() const noexcept { return static_cast<std::uint8_t const*>(data_); }
  std::uint8_t const* begin() const noexcept { return data(); }
  std::uint8_t const* end() const noexcept { return data() + size(); }
  bytes_view view() const noexcept { return {data(), size()}; }
  operator std::string_view() const noexcept { return as_text(view()); }
  mtp::bytes copy() const { return {begin(), end()}; }
};

inline bool operator==(bytes const& a, bytes const& b) {
  return std::string_view(a) == std::string_view(b);
}

/// Serialised values whose type this place does not know: the query inside `invokeWithLayer`, the
/// body of a service message. Stands on the wire as it is, without a length.
struct raw {
  bytes data = {};

  raw() = default;
  raw(bytes value) : data(std::move(value)) {}
  raw(bytes_view value) : data(value) {}
  raw(mtp::bytes const& value) : data(value) {}
  bytes_view view() const noexcept { return data.view(); }
  bool operator==(raw const&) const = default;
};

}  // namespace mtp::MTP_ABI::tl
