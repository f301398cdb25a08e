// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/wipe.hpp>

#include <optional>
#include <span>
#include <utility>

namespace mtp::MTP_ABI::crypto {

/// The key that a client and a data centre share: 256 bytes, wiped when it goes away. One that was
/// moved from is empty.
///
/// It cannot be printed and is compared in constant time. A default one is empty and encrypts
/// nothing.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API auth_key {
 public:
  static constexpr std::size_t size = 256;

  auth_key() = default;
  explicit auth_key(std::span<std::uint8_t const, size> data);
  auth_key(auth_key const&) = default;
  auth_key(auth_key&& from) noexcept : auth_key(std::as_const(from)) { from.forget(); }
  auth_key& operator=(auth_key const&) = default;
  auth_key& operator=(auth_key&& from) noexcept;
  ~auth_key() { forget(); }

  /// The key from a number of at most 256 bytes, highest first, filled up with zeros on the left;
  /// empty when it is longer.
  static std::optional<auth_key> left_padded(bytes_view number);

  bool is_empty() const noexcept { return empty_; }
  /// The bytes themselves, for storing and for deriving.
  std::span<std::uint8_t const, size> data() const noexcept { return data_; }
  /// What names the key on the wire: the last 8 bytes of its SHA-1.
  std::int64_t id() const noexcept { return id_; }
  /// The first 8 bytes of its SHA-1, which enter the hashes at the end of a key exchange.
  std::int64_t aux_hash() const noexcept { return aux_hash_; }

  friend bool operator==(auth_key const& a, auth_key const& b) noexcept {
    return a.empty_ == b.empty_ && constant_time_equal(a.data_, b.data_);
  }

 private:
  void forget() noexcept;

  wiped_bytes<size> data_;
  std::int64_t id_ = 0;
  std::int64_t aux_hash_ = 0;
  bool empty_ = true;
};

}  // namespace mtp::MTP_ABI::crypto
