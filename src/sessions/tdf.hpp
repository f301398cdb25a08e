// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The files of Telegram Desktop: "TDF$", the version of the program (little-endian), the content,
// the MD5 of content, its length and version (both little-endian) and the mark. Inside, integers
// have their highest byte first. What is encrypted is 16 bytes of SHA-1 of the plain text, then
// that under AES-IGE, with the key derivation of MTProto 1.0; it begins with its length,
// little-endian and counted with these four bytes, and is filled up with random bytes. Telegram
// Desktop, storage/details/storage_file_utilities.cpp.
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/core/result.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/crypto/auth_key.hpp>

#include <string_view>

namespace mtp::MTP_ABI::sessions {

/// The content of a file.
///
/// Errors: wrong_format, cut_short, bad_checksum.
result<bytes_view> open_tdf(bytes_view file);
secret<bytes> make_tdf(bytes_view content);

/// What was encrypted under a key.
///
/// Errors: bad_value for an impossible length; bad_checksum when the key is another or the data is
/// damaged.
result<secret<bytes>> decrypt_local(bytes_view data, crypto::auth_key const& key);
secret<bytes> encrypt_local(bytes_view plain, crypto::auth_key const& key, random_source& random);

/// The key that a passcode, which may be empty, opens.
crypto::auth_key passcode_key(std::string_view passcode, bytes_view salt);

/// Where the account number `index` is kept: 16 digits.
std::string account_file(int index);

}  // namespace mtp::MTP_ABI::sessions
