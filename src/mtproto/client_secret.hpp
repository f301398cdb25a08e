// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>
#include <mtp/crypto/rsa.hpp>
#include <mtp/crypto/wipe.hpp>

#include <optional>

namespace mtp::MTP_ABI::mtproto {

/// What a client encrypts for the server's RSA key, of whichever of the four kinds.
struct client_secret {
  bytes pq = {};
  bytes p = {};
  bytes q = {};
  int128 nonce = {};
  int128 server_nonce = {};
  crypto::wiped_bytes<32> new_nonce = {};
  std::optional<std::int32_t> dc = {};
  std::optional<std::int32_t> expires_in = {};
};

/// Decrypts and reads it in either padding; empty when neither fits.
std::optional<client_secret> open_client_secret(crypto::rsa_private_key const& key,
                                                bytes_view encrypted);

}  // namespace mtp::MTP_ABI::mtproto
