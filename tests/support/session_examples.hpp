// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/session_state.hpp>

#include <optional>
#include <vector>

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

/// Changes that touch every member, one after the other: set, changed, taken back, and the account
/// exchanged for another.
inline std::vector<session_change> session_changes() {
  auto const whole = full_session();
  std::vector<session_change> out(6);
  out[0].home_dc = 2;
  out[0].dcs[2] = whole.dcs.at(2);
  out[0].dcs[5] = stored_dc{.auth_key = bytes(256, 5), .made_at = 5};
  out[1].self = whole.self;
  out[1].updates = whole.updates;
  out[1].channel_pts = {{10, 7}, {11, 8}};
  out[1].last_messages = {{0, 7}, {10, 3}};
  out[1].addresses = whole.addresses;
  out[1].access_hashes = {{{peer_kind::user, 42}, 7}};
  out[2].attempts = {{"message 7 in user 42", 2}, {"message 8", 1}};
  out[2].login_tokens = whole.login_tokens;
  out[2].dcs[5] = std::nullopt;
  out[3].attempts = {{"message 8", std::nullopt}};
  out[3].last_messages = {{10, 9}};
  out[3].channel_pts = {{10, std::nullopt}, {11, 9}};
  out[3].dcs[2] = whole.dcs.at(2);
  out[3].dcs[2]->salts = {{1, 2, 3}};
  out[4].new_account = true;
  out[4].self = stored_self{.id = 5};
  out[4].access_hashes = {{{peer_kind::user, 1}, 2}};
  out[5].updates = std::optional<update_state>();
  out[5].self = std::optional<stored_self>();
  out[5].home_dc = 4;
  return out;
}

}  // namespace mtp::test
