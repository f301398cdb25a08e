// SPDX-License-Identifier: MIT OR Apache-2.0
// Lost connections, lost sessions, cancelled requests.
#include "recovery_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("requests that run survive a lost connection and run once", "[mtproto][recovery]") {
  slow_world world;
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 20; ++i) asked.push_back(world.ask(i));
  world.pass(1s);
  world.disconnect();
  SECTION("answered before the next connection") { world.answer_all(); }
  world.pass(5s);
  world.answer_all();
  world.pass(5s);
  CHECK(answered_once(world, asked));
  for (std::uint32_t i = 0; i < 20; ++i) CHECK(world.executed[i] == 1);
}

TEST_CASE("a server that forgot the session gets every request again", "[mtproto][recovery]") {
  slow_world world;
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 20; ++i) asked.push_back(world.ask(i));
  world.pass(1s);
  world.disconnect();
  world.sessions.clear();
  world.held.clear();
  world.pass(5s);
  world.answer_all();
  world.pass(5s);
  CHECK(answered_once(world, asked));
  CHECK(world.sessions_created == 2);
}

TEST_CASE("the same news of a session counts once", "[mtproto][recovery]") {
  slow_world world;
  auto body = handmade::start(id::new_session_created);
  body.number(std::int64_t{1}).number(std::int64_t{9}).number(std::int64_t{3});
  auto const packet = body.take();
  world.inject(packet, world.server_id(3), 1);
  world.inject(packet, world.server_id(3), 1);
  CHECK(world.sessions_created == 2);  // the one at the start, and this one once
}

TEST_CASE("new_session_created sends again what was sent before it, and no more",
          "[mtproto][recovery]") {
  slow_world world;
  auto const before = world.ask(1);
  world.pass(1s);
  auto const after = world.ask(2);
  world.pass(1s);
  auto const first = *world.client.message_id_of(before);
  auto const second = *world.client.message_id_of(after);
  auto body = start(id::new_session_created).number(second).number(std::int64_t{9});
  world.inject(body.number(std::int64_t{3}).take(), world.server_id(3), 1);
  world.next_packet();
  CHECK(world.client.message_id_of(before) > first);
  CHECK(world.client.message_id_of(after) == second);
}

TEST_CASE("a request that runs for long is not sent again", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(20min);
  CHECK(world.executed[1] == 1);
  CHECK(world.connections == 1);
  world.answer_all();
  world.pass(1s);
  CHECK(answered_once(world, {asked}, 1));
}

TEST_CASE("a new session under a ping does not look like silence", "[mtproto][recovery]") {
  session_world world;
  world.connect();
  world.pass(59s);
  auto& server = world.server();
  auto const asked = world.ask(1);
  std::vector<bytes> packets = {*world.next_packet()};
  for (std::optional<bytes> ping; !ping; world.now = world.now.after(1ms)) {
    ping = world.next_packet();
    if (ping) packets.push_back(*ping);
  }
  server.faults().reject_next = 33;  // the call; the pong comes under the earlier session
  for (auto const& packet : packets) {
    auto opened = mtproto::open_message(test_key(), crypto::direction::to_server, packet);
    REQUIRE(server.on_message(*std::move(opened), world.now));
    REQUIRE(world.client.on_packet(*server.next_packet(world.now), world.now));
  }
  world.pass(40s);
  CHECK(answered_once(world, {asked}, 1));
  CHECK(world.silences == 0);
  CHECK(world.connections == 1);
}

TEST_CASE("a packet asks once for all that is to be sent again", "[mtproto][recovery]") {
  slow_world world;
  for (int i = 0; i < 5; ++i) {
    auto info = start(id::msg_new_detailed_info).number(world.server_id(3)).number(100).number(0);
    world.inject(info.take(), world.server_id(3));
  }
  auto const said = said_by(world);
  CHECK(std::count(said.begin(), said.end(), id::msg_resend_req) == 1);
}

TEST_CASE("a cancelled request is dropped on the server too", "[mtproto][cancel]") {
  slow_world world;
  auto const asked = world.ask(1);
  auto const never_sent = world.ask(2);
  world.client.cancel(never_sent);
  world.pass(1s);
  CHECK(world.executed.count(2) == 0);
  world.client.cancel(asked);
  CHECK(world.client.pending() == 0);
  world.pass(1s);
  REQUIRE(world.dropped.size() == 1);
  CHECK(world.dropped[0].message_id == world.held[0].second.message_id);
  world.answer_all();
  world.pass(1s);
  CHECK(world.answered.empty());
  CHECK(world.client_errors.empty());
  world.client.cancel(asked);  // of no effect
}

TEST_CASE("a session that is not answered on new connections is given up", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const session = world.client.session_id();
  world.disconnect();
  world.server_mute = true;
  world.pass(40s);
  CHECK(world.silences >= 2);
  world.server_mute = false;
  world.pass(20s);
  CHECK(world.client.session_id() != session);
  world.answer_all();
  world.pass(1s);
  CHECK(answered_once(world, {asked}, 1));
}

TEST_CASE("a backlog of several packets is taken whole after minutes without a connection",
          "[mtproto][recovery]") {
  slow_world world;
  world.reconnects = false;
  world.disconnect();
  for (std::uint32_t i = 0; i < 2500; ++i) world.server().push(object_of(update_id, i), world.now);
  world.pass(6min);
  world.reconnects = true;
  world.pass(2s);
  REQUIRE(world.updates.size() == 2500);
  CHECK(number_of(world.updates.back()) == 2499);
  CHECK(world.sessions_created == 1);
}

TEST_CASE("a request that is repeated keeps its id when the packet is rejected",
          "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const message = *world.client.message_id_of(asked);
  world.inject(start(id::msg_resend_req).ids({message}).take(), world.server_id());
  SECTION("for its salt") { world.salts.rotate(world.client.server_time(world.now)); }
  SECTION("for its id") {
    world.server().faults().reject_next = 20;
    world.server().faults().reject_containers = true;
  }
  world.pass(1s);
  CHECK(world.executed[1] == 1);
  CHECK(world.client.message_id_of(asked) == message);
  world.answer_all();
  world.pass(1s);
  CHECK(answered_once(world, {asked}, 1));
}

TEST_CASE("connections that end at once say nothing of the session", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const session = world.client.session_id();
  for (int i = 0; i < 5; ++i) {
    world.disconnect();
    world.connect();
  }
  world.pass(5s);
  CHECK(world.client.session_id() == session);
  CHECK(world.executed[1] == 1);
  world.answer_all();
  world.pass(1s);
  CHECK(answered_once(world, {asked}, 1));
}

TEST_CASE("a rejected rpc_drop_answer is sent again", "[mtproto][cancel]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  world.client.cancel(asked);
  world.salts.rotate(world.client.server_time(world.now));
  world.pass(1s);
  REQUIRE(world.dropped.size() == 1);
  CHECK(world.dropped[0].message_id == world.held[0].second.message_id);
}
