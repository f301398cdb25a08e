// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "handmade.hpp"
#include "mtproto/keepalive.hpp"
#include "mtproto/unpack.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

#include <algorithm>

namespace mtp::test {

using namespace mtproto;
using handmade::id;
using handmade::start;

/// Leaves every call without an answer until told.
struct slow_world : session_world {
  slow_world() : session_world(21) {
    handler = [this](server_session& session, server_events::incoming_call const& call) {
      held.push_back({session.session_id(), call});
    };
    connect();
    pass(1s);
  }
  void answer_all() {
    for (auto const& [session, call] : std::exchange(held, {}))
      sessions.at(session).answer(call.message_id, object_of(answer_id, number_of(call.body)), now);
  }
  std::vector<std::pair<std::int64_t, server_events::incoming_call>> held;
};

/// The constructor ids of what the client says now.
inline std::vector<handmade::id> said_by(session_world& world) {
  std::vector<handmade::id> out;
  for (auto const& message : messages_of(world)) out.push_back(handmade::id_of(message.body));
  return out;
}

/// The id of the only message of this kind that the client says now.
inline std::int64_t said_one(session_world& world, handmade::id what) {
  std::vector<std::int64_t> found;
  for (auto const& message : messages_of(world))
    if (handmade::id_of(message.body) == what) found.push_back(message.id);
  REQUIRE(found.size() == 1);
  return found[0];
}

inline bytes state_info(std::int64_t question, std::uint8_t state) {
  bytes const info{state};
  return start(id::msgs_state_info).number(question).string(info).take();
}

inline bool contains(std::vector<handmade::id> const& all, handmade::id one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace mtp::test
