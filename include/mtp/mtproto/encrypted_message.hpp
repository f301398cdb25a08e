// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/core/slice.hpp>
#include <mtp/crypto/message_cipher.hpp>

namespace mtp::mtproto {

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

/// How many bytes more than 12 to 27 stand behind a body: whole blocks of 16.
struct padding_blocks {
  std::size_t count = 0;
};

/// As many blocks as chance says, 0 to 15: hides the length.
padding_blocks random_padding(random_source& random);

/// The packet that carries `body`, whose length is a multiple of 4. `random` gives the padding.
bytes seal_message(crypto::auth_key const& key, crypto::direction way, message_header const& header,
                   bytes_view body, random_source& random, padding_blocks extra = {});

/// Decrypts a packet where it lies and checks it (protocol checks M1 to M4, M14). Nobody else may
/// have a part of the packet. Bytes behind the last whole block are ignored.
///
/// Errors: plaintext_message, wrong_auth_key, bad_message_key, bad_message_length, bad_padding.
/// Nothing of a bad packet is handed out.
result<encrypted_message, protocol_errc> open_message(crypto::auth_key const& key,
                                                      crypto::direction way, slice packet);

/// The id of the key a packet names: 0 for a plain one, empty for one too short to name any.
std::optional<std::int64_t> key_id_of(bytes_view packet) noexcept;

}  // namespace mtp::mtproto
