// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/decoder.hpp"

#include <mtp/tl/encode.hpp>

// What generated encoders are written with.

namespace mtp::MTP_ABI::tl::codec {

/// Where a field stands, for errors: static text.
struct place {
  char const* type = "";
  char const* field = "";
};

constexpr std::uint32_t bit(bool set, unsigned at) { return static_cast<std::uint32_t>(set) << at; }

/// Appends to bytes. After the first error it goes on writing, but the result is thrown away.
class encoder {
 public:
  explicit encoder(mtp::bytes& out) : out_(out), start_(out.size()) {}

  /// Makes room for `count` bytes; every put is preceded by one.
  void room(std::size_t count) {
    if (left_ < count) grow(count);
  }
  template <class T>
  void put(T const& value) noexcept {
    std::memcpy(at_, &value, sizeof value);
    at_ += sizeof value;
    left_ -= sizeof value;
  }
  void word(std::uint32_t value) {
    room(4);
    put(value);
  }
  void boolean(bool value) { word(value ? true_id : false_id); }
  void text(std::string_view value, place where);
  void raw_bytes(bytes_view value);
  /// A value with its id, or an error that names the empty field.
  void value(detail::handle const& of, place where) {
    auto const* const alternative = access::alternative(of);
    if (alternative) [[likely]]
      return alternative->encode(*this, access::at(of));
    missing(where);
  }
  void missing(place where);
  /// Of two fields that share a bit only one is set: `where` when `first`, else `other`.
  void partial_group(place where, char const* other, bool first) noexcept;
  void fail(encode_errc code, place where, char const* other = "") noexcept;

  /// For printing: empty parts become the id 0 instead of an error.
  void tolerate_empty() noexcept { tolerant_ = true; }
  /// Cuts the bytes to what was written; to what was there before, after an error.
  result<void, encode_error> finish();

 private:
  void grow(std::size_t count);
  void long_text(std::string_view value);
  std::size_t written() const noexcept { return out_.size() - left_; }

  mtp::bytes& out_;
  std::size_t start_;
  std::uint8_t* at_ = nullptr;
  std::size_t left_ = 0;
  bool tolerant_ = false;
  bool failed_ = false;
  encode_error error_ = {};
};

inline void write(encoder& e, std::int32_t v, place) { e.room(4), e.put(v); }
inline void write(encoder& e, std::int64_t v, place) { e.room(8), e.put(v); }
inline void write(encoder& e, double v, place) { e.room(8), e.put(v); }
inline void write(encoder& e, int128 const& v, place) { e.room(16), e.put(v); }
inline void write(encoder& e, int256 const& v, place) { e.room(32), e.put(v); }
inline void write(encoder& e, bool v, place) { e.boolean(v); }
inline void write(encoder& e, string const& v, place where) { e.text(v.view(), where); }
inline void write(encoder& e, bytes const& v, place where) { e.text(v, where); }
inline void write(encoder& e, raw const& v, place) { e.raw_bytes(v.view()); }
inline void write(encoder& e, detail::handle const& v, place where) { e.value(v, where); }

template <form F, class T>
void write_one(encoder& e, T const& v, place where) {
  if constexpr (F == form::boxed) e.word(T::tl_id);
  if constexpr (F == form::plain)
    write(e, v, where);
  else
    write_body(e, v);
}

template <form F, class T>
void write_box(encoder& e, box<T> const& v, place where) {
  if (v) [[likely]]
    return write_one<F>(e, *v, where);
  e.missing(where);
}

template <form F, class T>
void write_items(encoder& e, list<T> const& v, place where) {
  e.word(static_cast<std::uint32_t>(v.size()));
  for (T const& item : v) write_one<F>(e, item, where);
}

template <form F, class T>
void write_vector(encoder& e, list<T> const& v, place where) {
  e.word(vector_id);
  write_items<F>(e, v, where);
}

}  // namespace mtp::MTP_ABI::tl::codec
