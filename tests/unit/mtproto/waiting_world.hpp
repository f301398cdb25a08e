// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "handmade.hpp"
#include "mtproto/unpack.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

#include <algorithm>

namespace mtp::test {

using namespace mtproto;
using handmade::id;
using handmade::start;

/// A world in which the clock is synchronised and a request waits for an answer.
struct waiting_world : session_world {
  waiting_world() : session_world(11) {
    handler = [this](server_session& session, server_events::incoming_call const& call) {
      held.push_back({session.session_id(), call.message_id});
    };
    connect();
    pass(1s);
    asked = ask(7);
    pass(1s);
    REQUIRE(held.size() == 1);
  }

  void answer_now() {
    sessions.at(held[0].first).answer(held[0].second, object_of(answer_id, 7, 8), now);
    handler = [this](server_session& session, server_events::incoming_call const& call) {
      session.answer(call.message_id, object_of(answer_id, number_of(call.body)), now);
    };
  }

  /// The next packet is refused for this reason, the connection ends, the next brings the answer.
  void check_refused(protocol_errc why) {
    int const before = connections;
    answer_now();
    settle();
    REQUIRE(client_errors == std::vector<protocol_errc>{why});
    CHECK(answered[asked] == 0);
    pass(60s);
    CHECK(connections > before);
    CHECK(answered_once(*this, {asked}, 7));
    CHECK(executed[7] == 1);
    CHECK(client_errors.size() == 1);
  }

  std::vector<std::pair<std::int64_t, std::int64_t>> held;
  request_handle asked = {};
};

inline bytes update(std::uint32_t number) { return object_of(update_id, number); }

/// How often the client acknowledges this message half a minute later.
inline int acknowledgements_of(std::int64_t message, session_world& world) {
  world.now = world.now.after(31s);
  int times = 0;
  for (auto const& said : messages_of(world)) {
    auto const acks = service::read<schema::msgs_ack>(said.body);
    if (acks) times += static_cast<int>(std::ranges::count(acks->msg_ids, message));
  }
  return times;
}

}  // namespace mtp::test
