// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/aes.hpp>
#include <mtp/transport/framing.hpp>

#include <array>

namespace mtp::MTP_ABI::transport {

/// The first bytes of an obfuscated connection: looks random, holds the keys of both ways.
using obfuscation_header = std::array<std::uint8_t, 64>;

/// The 16 bytes that a client of a proxy shares with it.
using proxy_secret = int128;

/// The keys of both ways, as the client names them.
struct obfuscation_keys {
  int256 encrypt_key = {};
  int128 encrypt_iv = {};
  int256 decrypt_key = {};
  int128 decrypt_iv = {};
  bool operator==(obfuscation_keys const&) const = default;
};

/// The keys that a header stands for; those of a server are the same with the two ways swapped.
/// Only bytes 8 to 56 count, which are the same before and after the header is encrypted.
MTP_API obfuscation_keys derive_obfuscation_keys(obfuscation_header const& header,
                                                 std::optional<proxy_secret> const& secret = {});

/// What a client says when it opens an obfuscated connection.
struct obfuscation_options {
  std::optional<proxy_secret> secret = {};  ///< of the proxy; none without one
  /// Which data centre the proxy is to connect to: n, n + 10000 for the test servers, negative for
  /// media. Random bytes when absent.
  std::optional<std::int16_t> dc = {};
};

/// Whether 64 random bytes may open a connection: they must not look like another protocol.
MTP_API bool usable_as_header(obfuscation_header const& random) noexcept;

/// The client's end of an obfuscated connection. `inner` may be any framing but full, which has no
/// tag and gives a bad_frame error here.
///
/// Lifetime: `random` gives header and padding and must outlive the framing.
MTP_API result<std::unique_ptr<framing>> make_obfuscated_client(
    kind inner, random_source& random, framing_options options = {},
    obfuscation_options obfuscation = {});

/// What the header of a client says, once it is decrypted.
struct opened_header {
  kind inner = kind::intermediate;
  std::int16_t dc = 0;  ///< random unless the client goes through a proxy
};

/// Reads a header as a server does; empty when it names no framing under this secret.
MTP_API std::optional<opened_header> open_header(obfuscation_header const& header,
                                                 std::optional<proxy_secret> const& secret);

/// The server's end of the connection that began with `header`.
///
/// Lifetime: `random` gives the padding and must outlive the framing.
MTP_API std::unique_ptr<framing> make_obfuscated_server(
    obfuscation_header const& header, kind inner, random_source& random,
    std::optional<proxy_secret> const& secret = {}, framing_options options = {});

}  // namespace mtp::MTP_ABI::transport
