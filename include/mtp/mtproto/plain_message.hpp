// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/clock.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/result.hpp>

namespace mtp::mtproto {

/// An unencrypted message: what the key exchange is made of.
struct plain_message {
  std::int64_t id = 0;
  /// The object and whatever stands behind it: servers and some clients add random bytes.
  bytes_view body = {};
};

/// True when the packet says that no key encrypts it.
bool is_plain_packet(bytes_view packet);

/// Takes a packet apart. The body lives as long as the packet.
///
/// Errors: malformed when it is no plain message or shorter than it claims.
result<plain_message, protocol_errc> read_plain_message(bytes_view packet);

/// The packet that carries `body`.
bytes write_plain_message(std::int64_t id, bytes_view body);

/// The id of a plain message sent at `now` after another with the id `last` (0 if none): greater
/// than that one and, divided by 4, of the rest `kind`: 0 from a client, 1 from a server.
std::int64_t plain_message_id(moment now, std::int64_t last, int kind);

}  // namespace mtp::mtproto
