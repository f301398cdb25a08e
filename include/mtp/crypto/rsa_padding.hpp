// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/crypto/rsa.hpp>

namespace mtp::MTP_ABI::crypto {

/// The longest data that fits into RSA_PAD.
inline constexpr std::size_t max_rsa_pad = 144;
/// The longest data that fits into the padding that was used before 2021.
inline constexpr std::size_t max_rsa_legacy = 235;

/// Pads by RSA_PAD and encrypts. `data` has at most max_rsa_pad bytes.
MTP_API rsa_block rsa_pad_encrypt(rsa_public_key const& key, bytes_view data,
                                  random_source& random);

/// Pads as before 2021 (SHA-1, data, random bytes) and encrypts. `data` has at most
/// max_rsa_legacy bytes.
MTP_API rsa_block rsa_legacy_encrypt(rsa_public_key const& key, bytes_view data,
                                     random_source& random);

/// Takes RSA_PAD off a decrypted block: the data and the random bytes that fill it up to 192. Empty
/// when the hash inside does not fit, which is how one finds out that the padding is another.
MTP_API std::optional<std::array<std::uint8_t, 192>> rsa_pad_open(rsa_block const& decrypted);

/// A decrypted block in the padding that was used until 2021: its data cannot be told from what
/// follows without reading it, so the reader checks the hash himself.
struct rsa_legacy_content {
  std::array<std::uint8_t, 20> hash = {};  ///< SHA-1 of the data alone
  std::array<std::uint8_t, 235> data_and_padding = {};
};

/// Takes the padding that was used until 2021 off; empty when the block does not begin with a zero
/// byte.
MTP_API std::optional<rsa_legacy_content> rsa_legacy_open(rsa_block const& decrypted);

}  // namespace mtp::MTP_ABI::crypto
