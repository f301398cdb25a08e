// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/crypto/auth_key.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::testing {

/// What a client encrypts with its permanent key to prove that a temporary one is its own.
struct binding_proof {
  std::int64_t nonce = 0;
  std::int64_t temporary_key = 0;
  std::int64_t permanent_key = 0;
  std::int64_t temporary_session = 0;
  std::int32_t expires_at = 0;
  std::int64_t message_id = 0;  ///< of the message that carries the call
};

/// Decrypts and checks the `encrypted_message` of auth.bindTempAuthKey; empty for a forgery.
std::optional<binding_proof> open_binding(crypto::auth_key const& permanent, bytes_view encrypted);

}  // namespace mtp::MTP_ABI::testing
