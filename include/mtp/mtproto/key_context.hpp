// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/crypto/auth_key.hpp>
#include <mtp/mtproto/message_id.hpp>
#include <mtp/mtproto/salts.hpp>

#include <utility>

namespace mtp::MTP_ABI::mtproto {

/// What is known about a key that the next process should know too.
struct client_session_state {
  std::vector<server_salt> salts = {};
  std::chrono::milliseconds time_offset = {};  ///< the server's clock minus ours
  bool operator==(client_session_state const&) const = default;
};

/// What belongs to an authorisation key and is shared by all sessions under it: what one of them
/// learns about salts and about the server's clock, the others know.
///
/// Threads: belongs to the strand of its sessions.
struct key_context {
  explicit key_context(crypto::auth_key of, client_session_state state = {})
      : key(std::move(of)), salts(std::move(state.salts)), clock(state.time_offset) {}

  /// What to keep for the next process.
  client_session_state state(moment now) { return {salts.all(), clock.offset(now)}; }

  crypto::auth_key key;
  salt_list salts;
  salt_schedule next_salts;
  server_clock clock;
};

}  // namespace mtp::MTP_ABI::mtproto
