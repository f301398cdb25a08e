// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/session_state.hpp>

namespace mtp::test {

/// A state in which every member says something.
inline session_state full_session() {
  session_state state;
  state.home_dc = 2;
  state.dcs[2] = {.auth_key = bytes(256, 0xa5),
                  .time_offset = std::chrono::milliseconds(-1500),
                  .salts = {{0x0123456789abcdef, 1700000000, 1700003600}, {-1, 5, 6}},
                  .made_at = 1699999999,
                  .signed_in = true};
  state.dcs[4] = {};
  state.self = stored_self{.id = 777000777, .bot = true};
  state.updates = update_state{.pts = 7, .qts = 0, .date = 1700000001, .seq = -3};
  state.channel_pts = {{1234567890123, 42}};
  state.access_hashes = {{{peer_kind::user, 42}, -77}, {{peer_kind::channel, 42}, 78}};
  state.addresses[2] = {
      .known = {{.host = "192.0.2.1", .port = 443, .flags = 0x12}, {.host = "2001:db8::1"}},
      .last_good = stored_address{.host = "192.0.2.1", .port = 80, .proxy_secret = bytes{1, 2}}};
  state.addresses[4] = {};
  state.login_tokens = {bytes(16, 7), bytes(8, 9)};
  state.attempts = {{"message 7 in user 42", 2}, {"updateEditMessage 0123456789abcdef", 1}};
  return state;
}

}  // namespace mtp::test
