// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <memory>

namespace mtp::MTP_ABI::crypto {

inline constexpr std::size_t aes_block = 16;

/// Encrypts with AES-256 in IGE mode. Both spans have the same length, a multiple of 16; they may
/// be the same memory. `iv` is the block of cipher text, then the block of plain text, that would
/// have stood before the first; it is left at what continues the stream.
MTP_API void ige_encrypt(int256 const& key, int256& iv, bytes_view plain, mutable_bytes cipher);

/// The inverse of ige_encrypt, under the same conditions.
MTP_API void ige_decrypt(int256 const& key, int256& iv, bytes_view cipher, mutable_bytes plain);

/// One of several messages that have nothing to do with each other, under the conditions of
/// ige_encrypt.
struct ige_message {
  int256 const& key;
  int256& iv;
  bytes_view from;
  mutable_bytes to;
};

/// Does what ige_encrypt or ige_decrypt does with each message, all of them in little more time
/// than the longest of four takes (of eight, where the processor has VAES). Fewer messages in one
/// call gain less.
MTP_API void ige_encrypt_many(std::span<ige_message const> messages);
MTP_API void ige_decrypt_many(std::span<ige_message const> messages);

/// AES-256 in counter mode as an endless stream: applying it in pieces of any sizes gives what one
/// piece gives. Encrypting and decrypting are the same.
/// Threads: a value; distinct objects may be used on different threads.
class MTP_API ctr_stream {
 public:
  ctr_stream(int256 const& key, int128 const& iv);
  ctr_stream(ctr_stream&&) noexcept;
  ctr_stream& operator=(ctr_stream&&) noexcept;
  ~ctr_stream();

  /// Moves the stream over `data`, in place.
  void apply(mutable_bytes data);

 private:
  struct state;
  std::unique_ptr<state> state_;
};

}  // namespace mtp::MTP_ABI::crypto
