// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <initializer_list>

namespace mtp::MTP_ABI::crypto {

using md5_digest = std::array<std::uint8_t, 16>;
using sha1_digest = std::array<std::uint8_t, 20>;
using sha256_digest = std::array<std::uint8_t, 32>;
using sha512_digest = std::array<std::uint8_t, 64>;

/// The digest of one piece of data, or of several as if they stood in a row.
///
/// Errors: throws std::bad_alloc when OpenSSL finds no memory.
MTP_API md5_digest md5(bytes_view data);
MTP_API sha1_digest sha1(bytes_view data);
MTP_API sha1_digest sha1(std::initializer_list<bytes_view> parts);
MTP_API sha256_digest sha256(bytes_view data);
MTP_API sha256_digest sha256(std::initializer_list<bytes_view> parts);
MTP_API sha512_digest sha512(bytes_view data);
MTP_API sha512_digest sha512(std::initializer_list<bytes_view> parts);

/// The keyed digest of RFC 2104.
MTP_API sha256_digest hmac_sha256(bytes_view key, bytes_view data);
MTP_API sha512_digest hmac_sha512(bytes_view key, bytes_view data);

/// PBKDF2 over HMAC-SHA-512 (RFC 8018): what a password is stretched with.
MTP_API sha512_digest pbkdf2_sha512(bytes_view password, bytes_view salt, unsigned iterations);

/// CRC-32 as zlib and the full transport count it. `so_far` continues an earlier sum.
MTP_API std::uint32_t crc32(bytes_view data, std::uint32_t so_far = 0);

}  // namespace mtp::MTP_ABI::crypto
