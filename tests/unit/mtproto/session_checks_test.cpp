// SPDX-License-Identifier: MIT OR Apache-2.0
// The client's checks M1 to M16 but those of time, each provoked.
#include "support/catch.hpp"
#include "waiting_world.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("a flipped bit ends the connection and costs nothing else (M1)", "[mtproto][checks]") {
  waiting_world world;
  world.server().faults().flip_bit = true;
  world.check_refused(protocol_errc::bad_message_key);
}

TEST_CASE("an impossible length ends the connection (M3)", "[mtproto][checks]") {
  for (std::int32_t length : {9999999, 3, -4, -1}) {
    waiting_world world;
    world.server().faults().claim_length = length;
    world.check_refused(protocol_errc::bad_message_length);
  }
}

TEST_CASE("too little or too much padding ends the connection (M4)", "[mtproto][checks]") {
  for (std::size_t padding : {0, 1040}) {
    waiting_world world;
    world.server().faults().padding = padding;
    world.check_refused(protocol_errc::bad_padding);
  }
}

TEST_CASE("a message of another session ends the connection (M5)", "[mtproto][checks]") {
  waiting_world world;
  world.server().faults().wrong_session = true;
  world.check_refused(protocol_errc::wrong_session);
}

TEST_CASE("an even message id ends the connection (M6)", "[mtproto][checks]") {
  waiting_world world;
  world.server().faults().even_id = true;
  world.check_refused(protocol_errc::bad_message_id);
}

TEST_CASE("a container with an even id ends the connection (M6)", "[mtproto][checks]") {
  waiting_world world;
  auto const id = world.server_id();
  world.inject(pack_container({{id, 0, update(1)}, {id + 4, 0, update(2)}}), id + 7);
  CHECK(world.client_errors == std::vector<protocol_errc>{protocol_errc::bad_message_id});
  CHECK(world.updates.empty());
}

TEST_CASE("an even id inside a container ends the connection (M6)", "[mtproto][checks]") {
  waiting_world world;
  auto const id = world.server_id();
  world.inject(pack_container({{id, 0, update(1)}, {id + 1, 0, update(2)}}), id + 4);
  CHECK(world.client_errors == std::vector<protocol_errc>{protocol_errc::bad_message_id});
  CHECK(world.updates.empty());
}

TEST_CASE("a broken container ends the connection and nothing of it is used (M9, M16)",
          "[mtproto][checks]") {
  waiting_world world;
  auto const id = world.server_id(3);
  auto const good = pack_container({{id, 1, update(1)}, {id + 4, 1, update(2)}});
  SECTION("cut") { world.inject(bytes(good.begin(), good.end() - 4), id + 8); }
  SECTION("nested") {
    world.inject(pack_container({{id, 1, update(1)}, {id + 4, 0, good}}), id + 8);
  }
  SECTION("of 1025") {
    std::vector<inner_message> many;
    for (int i = 0; i < 1025; ++i) many.push_back({id + 4 * i, 1, update(1)});
    world.inject(pack_container(many), id + 8000);
  }
  CHECK(world.client_errors == std::vector<protocol_errc>{protocol_errc::bad_container});
  CHECK(world.updates.empty());
  CHECK_FALSE(world.is_connected());
}

TEST_CASE("an answer that nobody asked for is passed over (M10)", "[mtproto][checks]") {
  waiting_world world;
  auto const body = start(id::rpc_result).number(std::int64_t{12344}).raw(update(1)).take();
  world.inject(body, world.server_id(), 1);
  CHECK(world.client_errors.empty());
  CHECK(world.answered.empty());
}

TEST_CASE("what we did not send cannot be bad (M11)", "[mtproto][checks]") {
  waiting_world world;
  auto const before = world.client.state(world.now);
  auto const session = world.client.session_id();
  std::int64_t const foreign = *world.client.message_id_of(world.asked) - 4000;
  for (std::int32_t code : {16, 17, 18, 19, 20, 32, 33, 34, 35, 64}) {
    auto body = start(id::bad_msg_notification).number(foreign).number(1).number(code).take();
    world.inject(body, world.server_id() - (std::int64_t{200} << 32));
  }
  CHECK(world.client.state(world.now) == before);
  CHECK(world.client.session_id() == session);
  auto const message = world.client.message_id_of(world.asked);
  auto salt =
      start(id::bad_server_salt).number(foreign).number(1).number(48).number(std::int64_t{5});
  world.inject(salt.take(), world.server_id());
  CHECK(world.client.message_id_of(world.asked) == message);
  CHECK(world.client.state(world.now).salts.front().salt == 5);  // true whatever became of it
}

TEST_CASE("a message is rejected once for its salt (M11)", "[mtproto][checks]") {
  waiting_world world;
  std::int64_t const message = *world.client.message_id_of(world.asked);
  for (std::int64_t salt = 1; salt < 20; ++salt) {
    auto said = start(id::bad_server_salt).number(message).number(1).number(48).number(salt);
    world.inject(said.take(), world.server_id());
  }
  CHECK(world.abandoned.empty());
  CHECK(world.client.pending() > 0);
}

TEST_CASE("a salt is taken also when its message is long gone", "[mtproto][checks]") {
  waiting_world world;
  auto const first = world.ask(1000);
  world.ask(1001);
  REQUIRE(world.next_packet().has_value());  // a container, whose id nobody remembers
  auto const container = *world.client.message_id_of(first) + 8;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    world.ask(i);
    world.ask(i);
    REQUIRE(world.next_packet().has_value());
  }
  world.inject(start(id::bad_server_salt)
                   .number(container)
                   .number(1)
                   .number(48)
                   .number(std::int64_t{5})
                   .take(),
               world.server_id());
  CHECK(world.client.state(world.now).salts.front().salt == 5);
  CHECK(world.client_errors.empty());
}

TEST_CASE("salts that were not asked for are not taken (M12)", "[mtproto][checks]") {
  waiting_world world;
  auto const before = world.client.state(world.now);
  auto const second = static_cast<std::int32_t>(world.client.server_time(world.now));
  auto tell_salts = [&](std::int64_t question) {
    auto body = start(id::future_salts).number(question).number(second).number(1);
    body.number(second).number(second + 9999).number(std::int64_t{5});
    world.inject(body.take(), world.server_id());
  };
  tell_salts(*world.client.message_id_of(world.asked) + 40);
  CHECK(world.client.state(world.now) == before);
  world.now = world.now.after(60s);
  for (auto const& said : messages_of(world)) {
    if (handmade::id_of(said.body) == id::ping_delay_disconnect) tell_salts(said.id);
  }
  CHECK(world.client.state(world.now) == before);
  CHECK(world.client_errors.empty());
}

TEST_CASE("a plain packet after the key exchange ends the connection (M2, M14)",
          "[mtproto][checks]") {
  waiting_world world;
  CHECK(world.client.on_packet(bytes(64), world.now).error() == protocol_errc::plaintext_message);
  auto foreign = seal_message(test_key(99), crypto::direction::to_client,
                              {.session = world.client.session_id(), .id = world.server_id()},
                              update(1), world.random);
  CHECK(world.client.on_packet(foreign, world.now).error() == protocol_errc::wrong_auth_key);
}

TEST_CASE("a packet beyond the limit ends the connection (M15)", "[mtproto][checks]") {
  waiting_world world;
  CHECK(world.client.on_packet(bytes((std::size_t{1} << 24) + 8), world.now).error() ==
        protocol_errc::frame_too_large);
}

TEST_CASE("of a packet whose framing is broken nothing is used (M16)", "[mtproto][checks]") {
  waiting_world world;
  auto const first = world.server_id(3);
  auto packet = pack_container({{first, 1, update(1)}, {first + 4, 1, update(2)}});
  SECTION("a part is cut") { packet.resize(packet.size() - 4); }
  SECTION("a part has an id that no server gives") {
    packet = pack_container({{first, 1, update(1)}, {first + 1, 1, update(2)}});
  }
  world.inject(packet, first + 8);
  CHECK(world.client_errors.size() == 1);
  CHECK(world.updates.empty());
}

TEST_CASE("packets of the session before are passed over", "[mtproto][checks]") {
  waiting_world world;
  auto const old = world.client.session_id();
  world.server().faults().reject_next = 32;
  world.server().faults().rejections = 3;  // three rejections in one packet begin one session
  for (std::uint32_t i = 8; i < 11; ++i) world.ask(i);
  world.pass(1s);
  REQUIRE(world.client.session_id() != old);
  auto late = seal_message(test_key(), crypto::direction::to_client,
                           {.session = old, .id = world.server_id(3), .sequence = 1}, update(1),
                           world.random);
  auto const events = world.client.on_packet(late, world.now);
  REQUIRE(events.has_value());
  CHECK(events->empty());
}

TEST_CASE("an answer of the session before is taken", "[mtproto][checks]") {
  waiting_world world;
  auto const old = world.client.session_id();
  auto const message = *world.client.message_id_of(world.asked);
  auto body = start(id::bad_msg_notification).number(message).number(1).number(32).take();
  world.inject(body, world.server_id());
  REQUIRE(world.client.session_id() != old);
  auto answer_of = [&](std::int64_t to) {
    auto const result = start(id::rpc_result).number(to).raw(object_of(answer_id, 7)).take();
    auto late = seal_message(
        test_key(), crypto::direction::to_client,
        {.session = old, .id = world.server_id(), .sequence = 1},
        pack_container({{world.server_id(), 1, result}, {world.server_id(), 1, update(1)}}),
        world.random);
    return world.client.on_packet(late, world.now);
  };
  auto const events = answer_of(message);
  REQUIRE(events.has_value());
  REQUIRE(events->size() == 1);
  CHECK(std::get<session_events::answer>(events->at(0)).request == world.asked);
  CHECK(world.client.pending() == 0);
  CHECK(answer_of(message).value().empty());
  auto const other = world.ask(8);
  messages_of(world);
  CHECK(answer_of(*world.client.message_id_of(other)).value().empty());  // it is of this session
  CHECK(world.client.pending() == 1);
}

TEST_CASE("sealed nonsense never does worse than an error", "[mtproto][checks][mutation]") {
  waiting_world world;
  auto const message = *world.client.message_id_of(world.asked);
  std::vector<bytes> const seeds{
      start(id::rpc_result).number(message).raw(object_of(answer_id, 7)).take(),
      start(id::bad_msg_notification).number(message).number(1).number(16).take(),
      start(id::new_session_created).number(message).number(message).number(message).take(),
      start(id::msgs_ack).ids({message}).take(),
      start(id::msgs_state_req).ids({message}).take(),
      start(id::msg_detailed_info).number(message).number(message).number(1).number(4).take(),
      start(id::msg_resend_req).ids({message}).take(),
      service::deflate_if_useful(bytes(3000)),
      pack_container({{world.server_id(3), 1, update(1)}, {world.server_id(3), 1, update(2)}})};
  seeded_random random(5);
  std::size_t errors = 0;
  for (int i = 0; i < 6000; ++i) {
    auto body = seeds[static_cast<std::size_t>(i) % seeds.size()];
    for (int flips = 0; flips <= i % 3; ++flips)
      body[random.make<std::uint32_t>() % body.size()] = random.make<std::uint8_t>();
    if (i % 7 == 0) body.resize(random.make<std::uint32_t>() % (body.size() / 4 + 1) * 4);
    auto packet = seal_message(test_key(), crypto::direction::to_client,
                               {.session = world.client.session_id(), .id = world.server_id()},
                               body, world.random);
    auto const events = world.client.on_packet(packet, world.now);
    if (!events) ++errors;
    while (world.next_packet()) continue;
  }
  CHECK(errors > 100);
  CHECK(errors < 5500);
}
