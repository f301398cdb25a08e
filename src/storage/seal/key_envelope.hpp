// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The record that opens an encrypted store, version 1: the version (1), what it is under (1: a key,
// 2: a passphrase), the cost of scrypt (log2 N, r, p, each 1), salt (16), and the key of the store
// (32) by AES-256-GCM under the key or what scrypt makes of the passphrase: nonce (12), text, tag
// (16), bound to all before.
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/storage/store_key.hpp>

namespace mtp::MTP_ABI::detail {

/// What its errors name.
inline constexpr char const* sealed_place = "an encrypted store";

/// Whether `key` is 32 bytes or a passphrase, and its cost within the limits.
bool is_usable(store_key const& key) noexcept;

/// Puts `inner` under `key`, which is usable. Takes as long as the cost says.
bytes close_envelope(secret<bytes> const& inner, store_key const& key, random_source& random);

/// Reads it. Takes as long as the stored cost says, unless that is more than 256 MiB or 1 GiB in
/// all and more than `key` names. Errors: throws store_error with client_errc::wrong_store_key,
/// newer_store or bad_session_file.
secret<bytes> open_envelope(bytes_view envelope, store_key const& key);

}  // namespace mtp::MTP_ABI::detail
