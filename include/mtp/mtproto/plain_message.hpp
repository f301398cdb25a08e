// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>

namespace mtp::MTP_ABI::mtproto {

/// An unencrypted message: what the key exchange is made of.
struct plain_message {
  std::int64_t id = 0;
  /// The object and whatever stands behind it: servers and some clients add random bytes.
  bytes_view body = {};
};

/// True when the packet says that no key encrypts it.
MTP_API bool is_plain_packet(bytes_view packet);

/// Takes a packet apart. The body lives as long as the packet.
///
/// Errors: malformed when it is no plain message or shorter than it claims.
MTP_API result<plain_message, protocol_errc> read_plain_message(bytes_view packet);

/// The packet that carries `body`.
MTP_API bytes write_plain_message(std::int64_t id, bytes_view body);

}  // namespace mtp::MTP_ABI::mtproto
