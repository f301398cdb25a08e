// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/storage/record.hpp>

#include <optional>

namespace mtp::MTP_ABI::detail {

inline constexpr std::size_t seal_key_size = 32;
inline constexpr std::size_t seal_nonce_size = 12;
inline constexpr std::size_t seal_tag_size = 16;
inline constexpr std::size_t seal_overhead = seal_nonce_size + seal_tag_size;

/// AES-256-GCM: the nonce, the text, the tag. `bound` is checked with it, and not in it.
bytes seal(bytes_view key, bytes_view nonce, bytes_view text, bytes_view bound);
/// Reads it; nothing when anything was changed, or the key is another one.
std::optional<bytes> unseal(bytes_view key, bytes_view sealed, bytes_view bound);

/// Encrypts the records of a store.
/// Threads: immutable; may be used from several threads at once.
class record_cipher {
 public:
  /// `key`: seal_key_size bytes.
  explicit record_cipher(secret<bytes> key);

  /// Whether ids of that space are hidden. Such an id stands in front of the value.
  static bool hides(record_space space) noexcept {
    return space == record_space::usernames || space == record_space::phones;
  }
  /// The id under which a record is kept.
  bytes id_of(record_space space, bytes_view id) const;
  bytes encrypt(record_space space, bytes_view id, bytes_view value, random_source& random) const;
  /// The record that is kept under `kept`; nothing when it was changed.
  std::optional<record> decrypt(record_space space, bytes_view kept, bytes_view value) const;

 private:
  secret<bytes> key_;
  secret<bytes> id_key_;
};

}  // namespace mtp::MTP_ABI::detail
