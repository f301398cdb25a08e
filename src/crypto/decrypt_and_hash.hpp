// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/hash.hpp>
#include <mtp/crypto/key_derivation.hpp>

namespace mtp::MTP_ABI::crypto {

/// Decrypts `text`, a whole number of blocks, where it lies, and gives the SHA-256 of `before`, 32
/// bytes, and the plain text. Both at a time where the processor can.
sha256_digest decrypt_and_hash(aes_key_iv const& key, std::span<std::uint8_t const, 32> before,
                               mutable_bytes text);

}  // namespace mtp::MTP_ABI::crypto
