// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl/codec/decoder.hpp"
#include "tl/codec/layout.hpp"

#include <mtp/tl/encode.hpp>

// What encoding is written with.

namespace mtp::MTP_ABI::tl::codec {

/// Where a field stands, for errors. Of no type for a value that stands in no struct.
struct place {
  ops const* type = nullptr;
  std::size_t field = 0;  ///< among its fields in TL
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
  void put(void const* from, std::size_t size) noexcept {
    std::memcpy(at_, from, size);
    at_ += size;
    left_ -= size;
  }
  void word(std::uint32_t value) {
    room(4);
    put(value);
  }
  template <class T>
  void number(T const& value) {
    room(sizeof value);
    put(value);
  }
  void boolean(bool value) { word(value ? true_id : false_id); }
  void text(std::string_view value, place where);
  void raw_bytes(bytes_view value);
  void missing(place where);
  void fail(encode_errc code, place where) noexcept;
  /// The first error counts.
  void fail(encode_error why) noexcept;

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

/// Writes a value, its id first; `where` it stands, for errors.
void write(encoder& to, void const* value, ops const& of, place where = {});

/// An error where, of the fields that share a bit of `word`, some are set and some are not. `from`
/// is the struct.
void check_shared_bits(encoder& to, unsigned char const* from, ops const& of,
                       flag_word const& word);

}  // namespace mtp::MTP_ABI::tl::codec
