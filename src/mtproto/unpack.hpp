// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mtproto/service.hpp"

#include <mtp/mtproto/encrypted_message.hpp>

namespace mtp::MTP_ABI::mtproto {

/// One message of a packet, alone or out of a container.
struct inner_message {
  std::int64_t id = 0;
  std::int32_t sequence = 0;
  slice body = {};

  /// Whether its sender wants it acknowledged.
  bool has_content() const noexcept { return sequence % 2 != 0; }
};

inline constexpr std::size_t max_in_container = 1024;

/// The messages of a packet in order, as they are (check M9).
///
/// Errors: bad_container, malformed (shorter than a constructor id).
result<std::vector<inner_message>, protocol_errc> split(encrypted_message packet);

/// The same, inflated (check M13). `budget` limits what is inflated, and shrinks.
///
/// Errors: bad_container, inflated_too_large, malformed.
result<std::vector<inner_message>, protocol_errc> unpack(encrypted_message packet,
                                                         std::size_t& budget);

bool is_container(bytes_view body) noexcept;

/// The body of a container of these messages.
bytes pack_container(std::vector<inner_message> const& messages);

}  // namespace mtp::MTP_ABI::mtproto
