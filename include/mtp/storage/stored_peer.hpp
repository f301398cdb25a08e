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

/// What is kept of a peer.
struct stored_peer {
  peer_id id = {};
  std::int64_t access_hash = 0;              ///< 0: not known, or none is needed
  std::optional<peer_voucher> voucher = {};  ///< when the access hash is not known
  std::vector<std::string> usernames = {};   ///< without "@"
  secret<std::string> phone = {};            ///< digits
  std::string name = {};
  std::int32_t learnt = 0;  ///< when, in seconds of the server
  bool operator==(stored_peer const&) const = default;
};

}  // namespace mtp::MTP_ABI
