// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/auth_key.hpp>

namespace mtp::MTP_ABI::crypto {

/// Which way a message goes; the value is the x of the key derivation.
enum class direction : std::uint8_t { to_server = 0, to_client = 8 };

/// A key for AES-256 in IGE mode with its initial vector, wiped when it goes away.
struct aes_key_iv {
  wiped_bytes<32> key;
  wiped_bytes<32> iv;
};

/// The key of one message in MTProto 2.0.
MTP_API aes_key_iv derive_key(auth_key const& key, int128 const& message_key, direction way);

/// The key of one message in MTProto 1.0, still used to bind temporary keys.
MTP_API aes_key_iv derive_key_v1(auth_key const& key, int128 const& message_key, direction way);

/// The key of the middle part of a key exchange.
MTP_API aes_key_iv derive_handshake_key(int256 const& new_nonce, int128 const& server_nonce);

/// What the server's last answer in a key exchange must carry; `number` is 1 for done, 2 for again,
/// 3 for failed.
MTP_API int128 new_nonce_hash(int256 const& new_nonce, std::uint8_t number, auth_key const& key);

/// What `server_DH_params_fail` must carry: the last 16 bytes of the SHA-1 of the nonce.
MTP_API int128 params_fail_hash(int256 const& new_nonce);

/// The salt that a fresh key starts with.
MTP_API std::int64_t first_server_salt(int256 const& new_nonce, int128 const& server_nonce);

}  // namespace mtp::MTP_ABI::crypto
