// SPDX-License-Identifier: MIT OR Apache-2.0
// Requests that depend on their place in the session, and chains of them.
#include "handmade.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

namespace {

/// A world in which calls say where they are, and the data centre reads it.
struct chain_world : session_world {
  struct met {
    std::int64_t message;
    std::int64_t session;
    message_place said;
  };

  chain_world() {
    handler = [this](server_session& session, server_events::incoming_call const& call) {
      auto const at = call.body.data();
      calls[number_of(call.body)].push_back(
          {call.message_id,
           session.session_id(),
           {load_le<std::int64_t>(at + 8), load_le<std::int64_t>(at + 16),
            load_le<std::int64_t>(at + 24)}});
      if (answers_calls)
        session.answer(call.message_id, object_of(answer_id, number_of(call.body)), now);
    };
    connect();
    pass(1s);
  }

  request_handle add(std::uint32_t number, std::optional<request_handle> after = {},
                     bool repeatable = true) {
    auto build = [this, number](message_place const& place) {
      ++built[number];
      bytes out = object_of(question_id, number, 24);
      store_le(out.data() + 8, place.id);
      store_le(out.data() + 16, place.session);
      store_le(out.data() + 24, place.predecessor);
      return out;
    };
    return client.submit(build, {.repeatable = repeatable, .after = after});
  }

  /// Whether the last call of each number names the place where it was, and the place of the one
  /// before it.
  void check_chain(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      REQUIRE_FALSE(calls[i].empty());
      auto const& last = calls[i].back();
      CHECK(last.said.id == last.message);
      CHECK(last.said.session == last.session);
      CHECK(last.said.predecessor == (i == 0 ? 0 : calls[i - 1].back().message));
    }
  }

  bool answers_calls = true;
  std::map<std::uint32_t, std::vector<met>> calls;
  std::map<std::uint32_t, int> built;
};

}  // namespace

TEST_CASE("a chain of calls names its places", "[mtproto][chain]") {
  chain_world world;
  bool const repeatable = GENERATE(true, false);
  auto const first = world.add(0, {}, repeatable);
  auto const second = world.add(1, first, repeatable);
  auto const third = world.add(2, second, repeatable);
  SECTION("when all goes well") {}
  SECTION("when the salt changes") { world.salts.rotate(world.client.server_time(world.now)); }
  SECTION("when its packet is lost with the connection") {
    REQUIRE(world.next_packet().has_value());
    world.disconnect();
  }
  SECTION("when another session begins before it is written") {
    world.pass(0s);
    world.give_up();
  }
  SECTION("when its message is rejected, and the session ends") {
    world.server().faults().reject_next = 32;
    world.server().faults().reject_containers = true;
  }
  world.pass(1min);
  world.check_chain(3);
  CHECK(answered_once(world, {first, second, third}));
}

TEST_CASE("a new session repeats a chain that may be repeated", "[mtproto][chain]") {
  chain_world world;
  world.answers_calls = false;
  auto const first = world.add(0);
  auto const second = world.add(1, first);
  world.pass(1s);
  world.answers_calls = true;
  world.give_up();
  world.pass(1s);
  CHECK(world.calls[0].size() == 2);
  CHECK(world.calls[1].size() == 2);
  world.check_chain(2);
  CHECK(answered_once(world, {first, second}));
}

TEST_CASE("a call waits until its predecessor is written", "[mtproto][chain]") {
  chain_world world;
  world.reconnects = false;
  world.disconnect();
  auto const first = world.client.submit(object_of(question_id, 0, 40'000),
                                         {.compressible = false, .priority = lane::bulk});
  world.add(1, first);
  world.client.on_connected(world.now);
  while (world.next_packet()) continue;
  CHECK(world.built[1] == 1);
  CHECK(*world.client.message_id_of(first) > 0);
}

TEST_CASE("a call goes out again when its predecessor does, and its refusal means nothing",
          "[mtproto][chain]") {
  chain_world world;
  auto const first = world.add(0, {}, false);
  auto const one = world.next_packet();
  auto const second = world.add(1, first, false);
  auto const two = world.next_packet();
  auto const before = *world.client.message_id_of(first);
  auto const named = *world.client.message_id_of(second);
  // The first is rejected; so the second, which named it, is refused.
  world.inject(start(id::bad_msg_notification).number(before).number(1).number(16).take(),
               world.server_id());
  auto error = start(id::rpc_error).number(400).string(as_bytes("MSG_WAIT_FAILED")).take();
  world.inject(start(id::rpc_result).number(named).raw(error).take(), world.server_id(), 1);
  CHECK(world.refusals.empty());
  world.pass(1s);
  world.check_chain(2);
  CHECK(world.built[1] == 2);
  CHECK(answered_once(world, {first, second}));
}

TEST_CASE("predecessors that are gone", "[mtproto][chain]") {
  chain_world world;
  SECTION("answered") {
    auto const first = world.add(0);
    world.add(1, first);
    world.pass(1s);
    world.check_chain(2);
    world.add(2, first);
    world.pass(1s);
    CHECK(world.calls[2].back().said.predecessor == 0);
  }
  SECTION("cancelled before it was written") {
    auto const first = world.add(0);
    world.add(1, first);
    world.client.cancel(first);
    world.pass(1s);
    CHECK(world.calls[1].back().said.predecessor == 0);
  }
}

TEST_CASE("a builder that makes nothing ends its call", "[mtproto][chain]") {
  chain_world world;
  auto const nothing = world.client.submit([](message_place const&) { return bytes(); });
  world.pass(1s);
  REQUIRE(world.abandoned.size() == 1);
  CHECK(world.abandoned[0].request == nothing);
  CHECK(world.abandoned[0].why == make_error_code(client_errc::encode));
}
