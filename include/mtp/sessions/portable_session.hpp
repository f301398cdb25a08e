// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/storage/stored_peer.hpp>
#include <mtp/updates/update_state.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI {

/// Where a data centre listens.
struct portable_address {
  std::string host = {};  ///< an IP address without brackets, or a name
  std::uint16_t port = 0;
  bool media_only = false;  ///< for transfers of files only
  bool operator==(portable_address const&) const = default;
};

/// What is known of one data centre.
struct portable_dc {
  secret<bytes> auth_key = {};  ///< 256 bytes, or empty
  std::vector<portable_address> addresses = {};
  std::int64_t salt = 0;         ///< 0: not known
  std::int32_t time_offset = 0;  ///< the server's clock minus ours, in seconds
  bool operator==(portable_dc const&) const = default;
};

/// Whose session it is.
struct portable_self {
  std::int64_t id = 0;
  std::optional<bool> bot = {};  ///< empty: not known
  bool operator==(portable_self const&) const = default;
};

/// Somebody whom the account has met.
struct portable_peer {
  peer_id id = {};
  std::int64_t access_hash = 0;  ///< 0 for basic groups, which have none
  peer_shape shape = peer_shape::unknown;
  std::vector<std::string> usernames = {};
  secret<std::string> phone = {};
  std::string name = {};
  std::int32_t seen = 0;  ///< when, in seconds of Unix time; 0: not known
  bool operator==(portable_peer const&) const = default;
};

/// An account as every library keeps it, in the words of none: what the readers of foreign formats
/// return and their writers take. **Whoever has it is the account**; keys, tokens and telephone
/// numbers are wiped with it.
///
/// Each format keeps a part of this only; what it does not keep is empty after reading, and is
/// left out in writing.
struct portable_session {
  int home_dc = 0;
  bool test = false;                    ///< Telegram's servers for tests
  std::map<int, portable_dc> dcs = {};  ///< that of home among them
  std::optional<portable_self> self = {};
  std::int32_t api_id = 0;  ///< of the program that signed in; 0: not known
  std::optional<update_state> updates = {};
  std::map<std::int64_t, std::int32_t> channel_pts = {};
  std::vector<portable_peer> peers = {};
  secret<bytes> future_auth_token = {};  ///< from `auth.logOut`; empty: none
  bool operator==(portable_session const&) const = default;
};

}  // namespace mtp::MTP_ABI
