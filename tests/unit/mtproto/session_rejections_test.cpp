// SPDX-License-Identifier: MIT OR Apache-2.0
// Every code of bad_msg_notification, clocks that differ, salts that change.
#include "handmade.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;

TEST_CASE("whatever the server rejects is sent again and answered once", "[mtproto][rejections]") {
  auto const code = GENERATE(16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64, 99);
  auto const whole = GENERATE(false, true);
  CAPTURE(code, whole);
  session_world world;
  std::vector<std::pair<std::int64_t, server_events::incoming_call>> held;
  world.handler = [&](server_session& on, server_events::incoming_call const& call) {
    held.push_back({on.session_id(), call});
  };
  world.connect();
  world.pass(1s);
  auto const session = world.client.session_id();
  world.server().faults().reject_next = code;
  world.server().faults().reject_containers = whole;
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 5; ++i) asked.push_back(world.ask(i));
  world.pass(1s);
  for (auto const& [on, call] : held)
    world.sessions.at(on).answer(call.message_id, object_of(answer_id, number_of(call.body)),
                                 world.now);
  world.pass(1s);
  CHECK(answered_once(world, asked));
  CHECK(world.client_errors.empty());
  CHECK(world.connections == 1);
  bool const keeps = code == 16 || code == 20 || code == 48 || code == 99;
  // Another session repeats what ran in the one before; nothing else runs twice.
  for (std::uint32_t i = 0; i < 5; ++i)
    CHECK(world.executed[i] == (whole || keeps || i == 0 ? 1 : 2));
  CHECK((world.client.session_id() == session) == keeps);
}

TEST_CASE("a single request that is rejected is sent again", "[mtproto][rejections]") {
  auto const code = GENERATE(16, 17, 18, 20, 32, 33, 34, 35, 48);
  session_world world;
  world.connect();
  world.pass(1s);
  world.server().faults().reject_next = code;
  auto const asked = world.ask(3);
  world.pass(1s);
  CHECK(answered_once(world, {asked}, 3));
  CHECK(world.executed[3] == 1);
}

TEST_CASE("a request that is rejected without end is given up", "[mtproto][rejections]") {
  session_world world;
  world.connect();
  world.pass(1s);
  auto const asked = world.ask(3);
  world.server().faults().reject_next = 20;
  world.server().faults().rejections = 20;
  world.pass(1s);
  REQUIRE(world.abandoned.size() == 1);
  CHECK(world.abandoned[0].request == asked);
  CHECK(world.abandoned[0].why == make_error_code(protocol_errc::request_rejected));
  CHECK(world.client.pending() == 0);
}

TEST_CASE("clocks may differ by hours", "[mtproto][time]") {
  auto const skew =
      std::chrono::seconds(GENERATE(-18000, -3600, -301, -45, -20, 20, 290, 301, 3600, 18000));
  session_world world(1, {}, {.clock_skew = skew});
  world.connect();
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 5; ++i) asked.push_back(world.ask(i));
  world.pass(10s);
  CHECK(answered_once(world, asked));
  for (std::uint32_t i = 0; i < 5; ++i) CHECK(world.executed[i] == 1);
  CHECK(world.client_errors.empty());
  auto const wall =
      std::chrono::duration_cast<std::chrono::seconds>(world.now.wall.time_since_epoch());
  auto const off =
      world.client.server_time(world.now) - (wall + std::chrono::seconds(skew)).count();
  CHECK(std::abs(off) <= 300);
  SECTION("and the next session starts with the right time") {
    auto const kept = world.client.state(world.now);
    world.client = client_session(context_of(kept), world.random);
    world.disconnect();
    auto const sessions = world.sessions.size();
    world.answered.clear();
    auto const again = world.ask(9);
    world.pass(10s);
    CHECK(answered_once(world, {again}, 9));
    CHECK(world.sessions.size() == sessions + 1);
  }
}

TEST_CASE("a clock that was ahead is corrected once", "[mtproto][time]") {
  session_world world;
  world.client = client_session(context_of({.salts = {}, .time_offset = 1h}), world.random);
  world.connect();
  auto const first = world.ask(1);
  auto const second = world.ask(2);
  REQUIRE(world.next_packet().has_value());
  auto answer = [&](request_handle to, std::int64_t made) {
    auto body = handmade::start(handmade::id::rpc_result).number(*world.client.message_id_of(to));
    world.inject(body.raw(object_of(answer_id, 1)).take(), made, 1);
  };
  auto const seconds = [&] { return world.now.wall.time_since_epoch() / 1s; };
  answer(first, world.server_id());
  CHECK(world.client.server_time(world.now) == seconds());
  world.now = world.now.after(20s);
  answer(second, world.server_id() - (std::int64_t{10} << 32));
  CHECK(world.client.server_time(world.now) == seconds());
  CHECK(world.client.pending() == 0);
}

TEST_CASE("a machine that slept finds the time again", "[mtproto][time]") {
  session_world world;
  world.connect();
  world.pass(5s);
  world.now.wall += 3h;  // the steady clock stood still
  auto const asked = world.ask(1);
  world.pass(30s);
  CHECK(answered_once(world, {asked}, 1));
  CHECK(world.executed[1] == 1);
  auto const wall =
      std::chrono::duration_cast<std::chrono::seconds>(world.now.wall.time_since_epoch());
  CHECK(std::abs(world.client.server_time(world.now) - wall.count()) <= 1);
}

TEST_CASE("a server that rejects every packet is not asked faster for that",
          "[mtproto][rejections]") {
  session_world world;
  world.connect();
  int packets = 0;
  auto const until = world.now.after(5s).steady;
  while (world.now.steady < until && packets < 1000) {
    auto const packet = world.next_packet();
    if (!packet) {
      world.now = world.now.after(10ms);
      continue;
    }
    ++packets;
    auto opened = mtproto::open_message(test_key(), crypto::direction::to_server, *packet);
    auto const session = opened->header.session;  // another each time
    server_session server(test_key(), session, world.salts, world.random);
    server.on_connected(world.now);
    server.faults().reject_next = 35;
    server.faults().reject_containers = true;
    opened->header.salt = world.salts.current(1'700'000'000);
    REQUIRE(server.on_message(*std::move(opened), world.now));
    REQUIRE(world.client.on_packet(*server.next_packet(world.now), world.now));
  }
  CHECK(packets > 3);
  CHECK(packets < 20);
}

TEST_CASE("packets from before a correction of the clock are rejected one by one",
          "[mtproto][time]") {
  session_world world;
  world.connect();
  world.pass(61s);
  world.now.wall += 10min;  // the steady clock stood still
  std::vector<bytes> late;
  std::vector<mtproto::request_handle> asked;
  for (std::uint32_t i = 0; i < 4; i += 2) {
    asked.push_back(world.ask(i));
    asked.push_back(world.ask(i + 1));
    late.push_back(*world.next_packet());
  }
  auto& server = world.server();
  for (auto& packet : late) {
    auto opened = mtproto::open_message(test_key(), crypto::direction::to_server, packet);
    REQUIRE(server.on_message(*std::move(opened), world.now));
    packet = *server.next_packet(world.now);
  }
  REQUIRE(world.client.on_packet(late[0], world.now));
  auto const again = world.next_packet();  // under later ids; lost
  REQUIRE(again);
  REQUIRE(world.client.on_packet(late[1], world.now));
  world.pass(1s);
  CHECK(world.executed[2] == 1);
  CHECK(world.executed[3] == 1);
}

TEST_CASE("the first salt is learnt and the next are asked for", "[mtproto][salts]") {
  session_world world;
  world.connect();
  auto const asked = world.ask(1);
  world.pass(5s);
  CHECK(answered_once(world, {asked}, 1));
  auto const kept = world.client.state(world.now);
  CHECK(kept.salts.size() == 8);
  CHECK(kept.salts[0].salt == world.salts.current(world.client.server_time(world.now)));
}

TEST_CASE("salts change every half hour and nobody notices", "[mtproto][salts]") {
  session_world world;
  world.connect();
  world.pass(5s);
  int const before = world.packets;
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 96; ++i) {
    asked.push_back(world.ask(i));
    world.pass(30min);
  }
  CHECK(answered_once(world, asked));
  CHECK(world.connections == 1);
  CHECK(world.sessions_created == 1);
  // 2880 pings with pongs, 96 requests, and little else
  CHECK(world.packets - before < 2 * 2880 + 4 * 96 + 200);
}

TEST_CASE("a rotation of all salts costs one more round", "[mtproto][salts]") {
  session_world world;
  world.connect();
  world.pass(5s);
  for (std::uint32_t i = 0; i < 10; ++i) {
    world.salts.rotate(world.client.server_time(world.now));
    auto const asked = world.ask(i);
    int const before = world.packets;
    world.settle();
    CHECK(answered_once(world, {asked}, i));
    CHECK(world.executed[i] == 1);
    CHECK(world.packets - before <= 6);
    world.pass(5s);
  }
}

TEST_CASE("a server that knows one salt without end is asked rarely", "[mtproto][salts]") {
  session_world world;
  int asked_for_salts = 0;
  world.connect();
  world.pass(1s);
  auto const second = static_cast<std::int32_t>(world.client.server_time(world.now));
  world.disconnect();
  world.client = client_session(
      context_of({.salts = {{7, second - 5, 2147483647}}, .time_offset = {}}), world.random);
  world.server_mute = true;
  world.pass(5s);
  for (int i = 0; i < 600; ++i) {
    world.now = world.now.after(1s);
    while (auto packet = world.next_packet()) {
      auto opened = open_message(test_key(), crypto::direction::to_server, *packet);
      REQUIRE(opened.has_value());
      CHECK(opened->header.salt == 7);
      auto const what = handmade::start(handmade::id::get_future_salts).take();
      if (std::search(opened->body.begin(), opened->body.end(), what.begin(), what.end()) !=
          opened->body.end())
        ++asked_for_salts;
    }
  }
  CHECK(asked_for_salts == 0);
}
