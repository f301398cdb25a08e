// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/core/task.hpp>

#include <functional>
#include <string>

namespace mtp::MTP_ABI {

/// What trying a passphrase costs (scrypt, RFC 7914). Stored beside what it protects, in the open:
/// who can write the place can change it.
struct scrypt_cost {
  unsigned log2_n = 17;  ///< 10 to 20: memory of 128 * r << log2_n bytes
  unsigned r = 8;        ///< 1 to 16
  unsigned p = 1;        ///< 1 to 16
};

/// What opens an encrypted store: one of the two.
struct store_key {
  secret<bytes> key = {};               ///< 32 random bytes
  secret<std::string> passphrase = {};  ///< any text
  /// Counts when the passphrase is set or changed. What is stored is believed up to 256 MiB, and 1
  /// GiB for all `p`; beyond that bad_session_file, unless it is no more than this.
  scrypt_cost cost = {};
};

/// Gives the key when a store is opened: a keyring, a prompt. What it throws is thrown by open().
using store_key_source = std::function<task<store_key>()>;

}  // namespace mtp::MTP_ABI
