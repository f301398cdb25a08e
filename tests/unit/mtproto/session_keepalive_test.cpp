// SPDX-License-Identifier: MIT OR Apache-2.0
// Acknowledgements, pings, silence.
#include "recovery_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("acknowledgements wait for company or half a minute", "[mtproto][acks]") {
  slow_world world;
  world.pass(62s);
  REQUIRE(world.server().unacknowledged() == 0);
  world.server().push(object_of(update_id, 1), world.now);
  world.pass(5s);
  CHECK(world.server().unacknowledged() == 1);
  SECTION("a request takes them along") {
    world.ask(1);
    world.pass(1s);
    CHECK(world.server().unacknowledged() == 0);
  }
  SECTION("time sends them alone") {
    world.pass(24s);
    CHECK(world.server().unacknowledged() == 1);
    world.pass(2s);
    CHECK(world.server().unacknowledged() == 0);
  }
  SECTION("a hundred do not wait") {
    for (std::uint32_t i = 0; i < 99; ++i) world.server().push(object_of(update_id, i), world.now);
    world.settle();
    CHECK(world.server().unacknowledged() == 0);
  }
}

TEST_CASE("messages without content are not acknowledged", "[mtproto][acks]") {
  slow_world world;
  world.pass(40s);
  while (world.next_packet()) continue;
  world.inject(object_of(update_id, 1), world.server_id(3), 0);
  world.now = world.now.after(31s);
  CHECK_FALSE(contains(said_by(world), id::msgs_ack));
}

TEST_CASE("pings go out every minute and keep the connection", "[mtproto][keepalive]") {
  session_world world;
  world.connect();
  world.pass(1h);
  CHECK(world.connections == 1);
  CHECK(world.silences == 0);
  CHECK(world.packets < 140);
}

TEST_CASE("a server that falls silent is left after 15 seconds", "[mtproto][keepalive]") {
  session_world world;
  world.connect();
  world.pass(65s);
  world.server_mute = true;
  world.pass(45s);
  CHECK(world.silences == 0);
  world.pass(35s);
  CHECK(world.silences == 1);
  world.server_mute = false;
  auto const asked = world.ask(1);
  world.pass(1min);
  CHECK(answered_once(world, {asked}, 1));
}

TEST_CASE("a call into a black hole is noticed within 20 seconds", "[mtproto][keepalive]") {
  session_world world;
  world.connect();
  world.pass(10s);
  world.server_mute = true;
  world.ask(1);
  world.pass(19s);
  CHECK(world.silences == 0);
  world.pass(1s + 1ms);
  CHECK(world.silences == 1);
}

TEST_CASE("a slow call costs a few pings and no connection", "[mtproto][keepalive]") {
  slow_world world;
  world.pass(10s);
  world.ask(1);
  int const before = world.packets;
  world.pass(2min);
  CHECK(world.silences == 0);
  CHECK(world.connections == 1);
  CHECK(world.packets - before < 40);
}

TEST_CASE("an answer behind a long packet that arrives slowly is not late",
          "[mtproto][keepalive]") {
  steady_time const t0{};
  keepalive k(60s, 15s, 75s);
  k.on_connected(t0);
  k.on_ping(1, t0);
  SECTION("as long as much comes") {
    for (auto at = 14s; at < 30min; at += 14s) {
      CHECK_FALSE(k.is_silent(t0 + at));
      k.on_bytes(std::size_t{60} << 10, t0 + at);
    }
    CHECK(k.is_silent(t0 + 30min + 15s));
  }
  SECTION("as fast as the line is, if that is 500 bytes a second") {
    for (auto at = 1s; at < 30min; at += 1s) {
      CHECK_FALSE(k.is_silent(t0 + at));
      k.on_bytes(500, t0 + at);
    }
  }
  SECTION("little may be meant to hold us up") {
    for (auto at = 14s; at < 75s; at += 14s) {
      CHECK_FALSE(k.is_silent(t0 + at));
      k.on_bytes(10, t0 + at);
    }
    CHECK(k.is_silent(t0 + 75s));
  }
  SECTION("what came before the ping is nothing to go by") {
    k.on_pong(1);
    k.on_bytes(std::size_t{1} << 20, t0 + 50s);
    k.on_ping(2, t0 + 60s);
    CHECK(k.is_silent(t0 + 75s));
  }
}

TEST_CASE("keepalive decides by pongs and by signs of life", "[mtproto][keepalive]") {
  steady_time const t0{};
  keepalive k(60s, 15s, 75s);
  CHECK_FALSE(k.next_deadline().has_value());
  k.on_connected(t0);
  CHECK(k.is_due(t0));
  k.on_ping(1, t0);
  CHECK_FALSE(k.is_due(t0 + 59s));
  CHECK(k.next_deadline() == t0 + 15s);
  SECTION("silence") {
    CHECK_FALSE(k.is_silent(t0 + 14s));
    CHECK(k.is_silent(t0 + 15s));
  }
  SECTION("a pong that nobody asked for changes nothing") {
    k.on_pong(2);
    k.on_pong(0);
    CHECK(k.is_silent(t0 + 15s));
  }
  SECTION("the pong") {
    k.on_pong(1);
    CHECK_FALSE(k.is_silent(t0 + 1h));
    CHECK(k.next_deadline() == t0 + 60s);
    CHECK(k.is_due(t0 + 60s));
  }
  SECTION("other packets help for a while") {
    for (auto at = 10s; at <= 70s; at += 10s) {
      k.on_packet(t0 + at);
      CHECK_FALSE(k.is_silent(t0 + at));
    }
    CHECK(k.is_silent(t0 + 75s));
  }
  SECTION("a later pong answers for an earlier ping") {
    k.on_packet(t0 + 50s);
    k.on_ping(2, t0 + 60s);
    k.on_pong(2);
    CHECK_FALSE(k.is_silent(t0 + 100s));
  }
  SECTION("a rejected ping is sent again") {
    k.on_rejected(1, t0 + 5s);
    CHECK(k.is_due(t0 + 5s));
    CHECK_FALSE(k.is_silent(t0 + 1h));
  }
  SECTION("no connection, no silence") {
    k.on_disconnected();
    CHECK_FALSE(k.is_silent(t0 + 1h));
  }
}
