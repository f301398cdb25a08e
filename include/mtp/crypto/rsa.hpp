// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::crypto {

/// A number modulo an RSA key of 2048 bits, highest byte first.
using rsa_block = std::array<std::uint8_t, 256>;

/// The public half of a data centre's key. Always of 2048 bits.
/// Threads: immutable once made; any number of threads may read it.
class MTP_API rsa_public_key {
 public:
  /// Reads a text that begins with "BEGIN RSA PUBLIC KEY" (PKCS#1) or "BEGIN PUBLIC KEY" (SPKI).
  ///
  /// Errors: client_errc::bad_config when it is neither, or no RSA key of 2048 bits.
  static result<rsa_public_key> from_pem(std::string_view text);
  /// The key with that modulus, in hexadecimal. Errors: as from_pem.
  static result<rsa_public_key> from_modulus(std::string_view hex, std::uint32_t exponent = 65537);

  /// The text that from_pem reads, in the form of PKCS#1.
  std::string to_pem() const;
  /// What names the key in a key exchange: the last 8 bytes of the SHA-1 of modulus and exponent.
  std::int64_t fingerprint() const noexcept { return fingerprint_; }
  rsa_block const& modulus() const noexcept { return modulus_; }
  std::uint32_t exponent() const noexcept { return exponent_; }

  /// The bare operation, without any padding; empty when `number` is not below the modulus.
  std::optional<rsa_block> encrypt(rsa_block const& number) const;

  friend bool operator==(rsa_public_key const&, rsa_public_key const&) = default;

 private:
  friend class rsa_private_key;
  rsa_public_key(rsa_block const& modulus, std::uint32_t exponent);
  rsa_block modulus_ = {};
  std::uint32_t exponent_ = 0;
  std::int64_t fingerprint_ = 0;
};

/// The key of a data centre, which this library needs only to play one.
///
/// Threads: one key may be used by several at once.
class MTP_API rsa_private_key {
 public:
  /// Makes a new key with OpenSSL's own random numbers. The first hexadecimal digit of its
  /// fingerprint is not zero, because mtcute does not find such keys.
  static rsa_private_key generate();
  /// Reads PKCS#1 ("BEGIN RSA PRIVATE KEY") or PKCS#8 ("BEGIN PRIVATE KEY").
  ///
  /// Errors: client_errc::bad_config when it is neither, or no RSA key of 2048 bits.
  static result<rsa_private_key> from_pem(std::string_view text);

  /// The key as PKCS#8 text. A secret.
  std::string to_pem() const;
  rsa_public_key const& public_key() const noexcept { return public_; }

  /// The bare operation, without any padding; empty when `number` is not below the modulus.
  std::optional<rsa_block> decrypt(rsa_block const& number) const;

 private:
  rsa_private_key(std::shared_ptr<void> key, rsa_public_key public_half);
  static result<rsa_private_key> adopt(std::shared_ptr<void> key);
  std::shared_ptr<void> key_;  // an EVP_PKEY
  rsa_public_key public_;
};

}  // namespace mtp::MTP_ABI::crypto
