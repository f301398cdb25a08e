// SPDX-License-Identifier: MIT OR Apache-2.0
//
// core.telegram.org/method/auth.bindTempAuthKey, core.telegram.org/api/pfs
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/crypto/auth_key.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::net {

/// What ties a temporary key to the permanent one.
struct key_binding {
  std::int64_t nonce = 0;
  std::int64_t temporary_key = 0;
  std::int64_t session = 0;     ///< in which the request is sent, under the temporary key
  std::int64_t message_id = 0;  ///< of the message that carries the request
  std::int32_t expires_at = 0;  ///< in the server's time
};

/// The proof that who holds the temporary key holds `permanent` too: encrypted under that, in the
/// way of MTProto 1.0. `random` are 16 bytes of chance, `padding` 8.
bytes encrypt_binding(crypto::auth_key const& permanent, key_binding const& what,
                      int128 const& random, std::uint64_t padding);

/// The request `auth.bindTempAuthKey`.
bytes binding_request(crypto::auth_key const& permanent, key_binding const& what,
                      int128 const& random, std::uint64_t padding);

/// Whether the answer to that request is boolTrue.
bool is_bound(bytes_view answer);

}  // namespace mtp::MTP_ABI::net
