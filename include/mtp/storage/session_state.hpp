// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/storage/stored_peer.hpp>
#include <mtp/updates/update_state.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI {

/// A number that the server wants in every message during its time, in seconds of the server.
struct stored_salt {
  std::int64_t salt = 0;
  std::int32_t valid_since = 0;
  std::int32_t valid_until = 0;
  bool operator==(stored_salt const&) const = default;
};

/// What is kept of one data centre: the key agreed with it and what goes with the key.
struct stored_dc {
  secret<bytes> auth_key = {};                 ///< 256 bytes, or empty when none was agreed yet
  std::chrono::milliseconds time_offset = {};  ///< the server's clock minus ours
  std::vector<stored_salt> salts = {};
  std::int32_t made_at = 0;  ///< when the key was made, in seconds of the server; 0: long ago
  bool signed_in = false;    ///< the account's login was brought to this data centre
  bool operator==(stored_dc const&) const = default;
};

/// Where a data centre listens, as the server said; see dc_endpoint.
struct stored_address {
  std::string host = {};
  std::uint16_t port = 0;
  std::uint16_t flags = 0;  ///< those of `dcOption`
  secret<bytes> proxy_secret = {};
  bool operator==(stored_address const&) const = default;
};

/// What is known of the ways to one data centre.
struct stored_addresses {
  std::vector<stored_address> known = {};        ///< empty: those that the program came with
  std::optional<stored_address> last_good = {};  ///< the one that worked last
  bool operator==(stored_addresses const&) const = default;
};

/// Who is signed in.
struct stored_self {
  std::int64_t id = 0;
  bool bot = false;
  bool operator==(stored_self const&) const = default;
};

/// How far a named consumer got in the journal of updates.
struct stored_consumer {
  std::uint64_t place = 0;    ///< the number of the last update that it got past
  std::int32_t attempts = 0;  ///< so often it was given the next one
  std::uint64_t lost = 0;     ///< so many were dropped before that, and it was not told yet
  bool operator==(stored_consumer const&) const = default;
};

/// Everything that survives a restart.
struct session_state {
  int home_dc = 0;  ///< 0 before the first connection
  std::map<int, stored_dc> dcs = {};
  std::optional<stored_self> self = {};
  std::optional<update_state> updates = {};  ///< how far they were consumed
  std::map<std::int64_t, std::int32_t> channel_pts = {};
  /// The newest message that was consumed: of each channel, and under 0 of the account's own
  /// conversations.
  std::map<std::int64_t, std::int32_t> last_messages = {};
  std::map<peer_id, std::int64_t> access_hashes = {};
  std::map<int, stored_addresses> addresses = {};  ///< by data centre
  /// Updates behind that position that the program was given without getting past them: how often.
  std::map<std::string, std::int32_t> attempts = {};
  /// What accounts that logged out here sign in with again, without a code; the newest is the last.
  std::vector<secret<bytes>> login_tokens = {};
  std::map<std::string, stored_consumer> consumers = {};  ///< those with a name
  std::uint64_t journal_end = 0;  ///< the number of the last update in their journal
  bool operator==(session_state const&) const = default;
};

/// Some parts of a state, to be changed together or not at all.
struct MTP_API session_change {
  bool new_account = false;  ///< first forgets everything that belongs to the account before
  std::optional<int> home_dc = {};
  std::map<int, std::optional<stored_dc>> dcs = {};  ///< an empty one is forgotten
  std::optional<std::optional<stored_self>> self = {};
  std::optional<std::optional<update_state>> updates = {};
  std::map<std::int64_t, std::optional<std::int32_t>> channel_pts = {};
  std::map<std::int64_t, std::int32_t> last_messages = {};
  std::map<peer_id, std::int64_t> access_hashes = {};
  /// Who was met; a session_state keeps the access hashes of these only.
  std::map<peer_id, stored_peer> peers = {};
  std::map<int, stored_addresses> addresses = {};
  std::map<std::string, std::optional<std::int32_t>> attempts = {};
  std::optional<std::vector<secret<bytes>>> login_tokens = {};  ///< all of them
  std::map<std::string, std::optional<stored_consumer>> consumers = {};
  std::optional<std::uint64_t> journal_end = {};
  /// Updates that come into the journal, as bytes, or leave it. A state holds none.
  std::map<std::uint64_t, std::optional<bytes>> journal = {};
  /// It has the first position of the account or of a channel. Without that one begins anew after a
  /// power cut, behind what came meanwhile, so it is not put off as later ones are.
  bool begins_box = false;

  bool empty() const;
};

/// Whether `change`, put on top of `before`, is to have begins_box.
MTP_API bool begins_box(session_state const& before, session_change const& change);

/// Puts `change` on top of `state`.
MTP_API void apply(session_state& state, session_change const& change);

/// Puts `later` on top of `earlier`, so that applying the result is applying both in order.
MTP_API void merge(session_change& earlier, session_change later);

}  // namespace mtp::MTP_ABI
