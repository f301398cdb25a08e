// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/core/slice.hpp>
#include <mtp/crypto/message_cipher.hpp>

namespace mtp::MTP_ABI::mtproto {

/// What stands before the body of an encrypted message.
struct message_header {
  std::int64_t salt = 0;
  std::int64_t session = 0;
  std::int64_t id = 0;
  std::int32_t sequence = 0;
  bool operator==(message_header const&) const = default;
};

/// A message as it was before encryption.
struct encrypted_message {
  message_header header = {};
  slice body = {};  ///< a part of the packet
  bool operator==(encrypted_message const&) const = default;
};

/// How much padding stands behind a message.
enum class padding : std::uint8_t {
  least,    ///< 12 to 27 bytes
  to_step,  ///< 12 bytes or more, up to one of a few sizes: hides the length
};

/// How long header and body, together `content` bytes, are with their padding. The steps are those
/// that TDLib has: 64 bytes, 128, 192, 256, 384, 512, 768, 1024, 1280, then 448 more each.
MTP_API std::size_t padded_size(std::size_t content, padding how) noexcept;

/// The packet that carries `body`, whose length is a multiple of 4. `random` gives the padding.
MTP_API bytes seal_message(crypto::auth_key const& key, crypto::direction way,
                           message_header const& header, bytes_view body, random_source& random,
                           padding how = padding::least);

/// Decrypts a packet where it lies and checks it (protocol checks M1 to M4, M14). Nobody else may
/// have a part of the packet. Bytes behind the last whole block are ignored.
///
/// Errors: plaintext_message, wrong_auth_key, bad_message_key, bad_message_length, bad_padding.
/// Nothing of a bad packet is handed out.
MTP_API result<encrypted_message, protocol_errc> open_message(crypto::auth_key const& key,
                                                              crypto::direction way, slice packet);

/// The id of the key a packet names: 0 for a plain one, empty for one too short to name any.
MTP_API std::optional<std::int64_t> key_id_of(bytes_view packet) noexcept;

}  // namespace mtp::MTP_ABI::mtproto
