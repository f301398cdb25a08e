// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/secret.hpp>
#include <mtp/storage/peer_id.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI {

/// The message in which a min peer was seen: by it the peer may be named.
struct peer_voucher {
  peer_id chat = {};
  std::int32_t message = 0;
  bool operator==(peer_voucher const&) const = default;
};

/// What more is known of a peer than its kind. The numbers are stored.
enum class peer_shape : std::uint8_t {
  unknown,
  bot,
  broadcast,
  supergroup,
  gigagroup,
  forum,
  direct,
  community,
};

/// What is kept of a peer.
struct stored_peer {
  peer_id id = {};
  std::int64_t access_hash = 0;              ///< 0: not known, or none is needed
  std::optional<peer_voucher> voucher = {};  ///< when the access hash is not known
  std::vector<std::string> usernames = {};   ///< those in use, without "@"
  secret<std::string> phone = {};            ///< digits
  std::string name = {};
  std::int32_t learnt = 0;  ///< when, in seconds of Unix time
  peer_shape shape = peer_shape::unknown;
  /// The server told all of this at once, so what is empty there is none of. What is less never
  /// takes the place of it.
  bool whole = false;
  bool operator==(stored_peer const&) const = default;
};

/// What is known of a peer of which `known` was stored and `news` came: all of `news` when that is
/// whole; of one that is not whole a newer access hash, and what was not known.
MTP_API stored_peer merged(stored_peer const& known, stored_peer news);

}  // namespace mtp::MTP_ABI
