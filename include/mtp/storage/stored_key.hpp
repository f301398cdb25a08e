// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/secret.hpp>

#include <chrono>
#include <compare>
#include <cstdint>

namespace mtp::MTP_ABI {

/// What connections a key is for. The numbers are stored.
enum class key_purpose : std::uint8_t { general = 1, upload = 2, download = 3 };

/// The kinds of key. The numbers are stored.
enum class key_kind : std::uint8_t { permanent = 1, temporary = 2, cdn = 3 };

/// Names one key of an account.
struct key_name {
  std::int32_t dc = 0;
  key_purpose purpose = key_purpose::general;
  key_kind kind = key_kind::permanent;
  auto operator<=>(key_name const&) const = default;
};

/// A key, and what goes with it.
struct stored_key {
  secret<bytes> key = {};                      ///< 256 bytes
  std::chrono::milliseconds time_offset = {};  ///< the server's clock minus ours
  std::int32_t made_at = 0;                    ///< in seconds of the server; 0: long ago
  std::int32_t expires_at = 0;                 ///< 0: never
  bool signed_in = false;                      ///< the account's login was brought there
  bool operator==(stored_key const&) const = default;
};

}  // namespace mtp::MTP_ABI
