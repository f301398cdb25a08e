// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>
#include <mtp/crypto/key_derivation.hpp>
#include <mtp/mtproto/handshake_fault.hpp>

// The encrypted parts of the key exchange after RSA: SHA-1 of an object, the object, at most 15
// random bytes, under the key that both derive from their nonces.
namespace mtp::MTP_ABI::mtproto {

/// A server that misbehaves gives the fault; only answer_hash and overlong_padding matter here.
bytes seal_inner(crypto::aes_key_iv const& key, bytes_view object, random_source& random,
                 handshake_fault fault = handshake_fault::none);

/// What stands in an encrypted part, not yet checked: how long the object is, only its reader
/// knows.
struct inner_part {
  std::array<std::uint8_t, 20> hash = {};
  bytes object_and_padding = {};
};

/// Errors: bad_answer_length when it is no whole number of blocks or too short for the hash.
result<inner_part, protocol_errc> open_inner(crypto::aes_key_iv const& key, bytes_view encrypted);

/// Checks the part when its reader left `left` bytes behind the object.
///
/// Errors: bad_answer_length when that is more than padding, bad_answer_hash.
result<void, protocol_errc> check_inner(inner_part const& part, std::size_t left);

}  // namespace mtp::MTP_ABI::mtproto
