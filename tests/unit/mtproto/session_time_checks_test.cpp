// SPDX-License-Identifier: MIT OR Apache-2.0
// The client's checks of repetitions and of time, M7 and M8, each provoked.
#include "support/catch.hpp"
#include "waiting_world.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("a packet that comes twice is used once and acknowledged again (M7)",
          "[mtproto][checks]") {
  waiting_world world;
  auto const id = world.server_id(3);
  world.inject(update(1), id, 1);
  CHECK(acknowledgements_of(id, world) == 1);
  CHECK(acknowledgements_of(id, world) == 0);
  world.inject(update(1), id, 1);
  CHECK(acknowledgements_of(id, world) == 1);
  world.inject(pack_container({{id, 1, update(1)}}), world.server_id());
  CHECK(acknowledgements_of(id, world) == 1);
  CHECK(world.updates.size() == 1);
  CHECK(world.client_errors.empty());
}

TEST_CASE("of a thousand ids the lowest are remembered as seen (M7)", "[mtproto][checks]") {
  waiting_world world;
  auto const low = world.server_id(3);
  auto const unseen = world.server_id(3);
  for (int i = 0; i < 1100; ++i) world.inject(update(1), world.server_id(3), 1);
  CHECK(world.updates.size() == 1100);
  int const before = world.sessions_created;
  world.inject(update(1), low, 1);
  world.inject(update(1), unseen, 1);
  CHECK(world.updates.size() == 1100);
  CHECK(world.sessions_created == before + 2);  // perhaps they were not seen
  SECTION("but an answer that is still wanted is taken") {
    auto const message = world.client.message_id_of(world.asked);
    auto body = start(id::rpc_result).number(*message).raw(object_of(answer_id, 7)).take();
    world.inject(body, unseen + 4, 1);
    CHECK(answered_once(world, {world.asked}, 7));
  }
}

TEST_CASE("a message from the future ends the connection (M8)", "[mtproto][checks]") {
  waiting_world world;
  world.server().faults().skew_id = 60s;
  world.check_refused(protocol_errc::bad_message_id);
}

TEST_CASE("a message within half a minute of the future is taken (M8)", "[mtproto][checks]") {
  waiting_world world;
  world.inject(update(1), world.server_id(3) + (std::int64_t{29} << 32), 1);
  CHECK(world.updates.size() == 1);
}

TEST_CASE("an update that is too old is left out, and missed (M8)", "[mtproto][checks]") {
  waiting_world world;
  int const before = world.sessions_created;
  world.inject(update(1), world.server_id(3) - (std::int64_t{301} << 32), 1);
  CHECK(world.updates.empty());
  CHECK(world.client_errors.empty());
  CHECK(world.sessions_created == before + 1);
  world.inject(update(1), world.server_id(3) - (std::int64_t{299} << 32), 1);
  CHECK(world.updates.size() == 1);
  CHECK(world.sessions_created == before + 1);
}

TEST_CASE("what corrects the clock, the salt or the session is taken at any time (M8)",
          "[mtproto][checks]") {
  waiting_world world;
  std::int64_t const off = GENERATE(-301, 60) * (std::int64_t{1} << 32);
  auto const message = *world.client.message_id_of(world.asked);
  auto const rejection =
      start(id::bad_msg_notification).number(message).number(1).number(20).take();
  SECTION("bad_msg_notification") {
    world.inject(rejection, world.server_id() + off);
    world.next_packet();
    CHECK(world.client.message_id_of(world.asked) > message);
  }
  SECTION("bad_server_salt") {
    auto body = start(id::bad_server_salt).number(message).number(1).number(48);
    world.inject(body.number(std::int64_t{5}).take(), world.server_id() + off);
    CHECK(world.client.state(world.now).salts.at(0).salt == 5);
  }
  SECTION("new_session_created") {
    int const before = world.sessions_created;
    auto body = start(id::new_session_created).number(message).number(std::int64_t{9});
    world.inject(body.number(std::int64_t{3}).take(), world.server_id(3) + off, 1);
    CHECK(world.sessions_created == before + 1);
  }
  CHECK(world.client_errors.empty());
}

TEST_CASE("beside what corrects us nothing of the future is used (M8)", "[mtproto][checks]") {
  waiting_world world;
  auto const message = *world.client.message_id_of(world.asked);
  auto const rejection =
      start(id::bad_msg_notification).number(message).number(1).number(20).take();
  auto const made = world.server_id(3) + (std::int64_t{60} << 32);
  world.inject(pack_container({{made, 1, update(1)}, {made + 4, 0, rejection}}), made + 8);
  CHECK(world.client_errors.empty());
  CHECK(world.updates.empty());
  world.next_packet();
  CHECK(world.client.message_id_of(world.asked) > message);
  world.inject(update(1), made, 1);  // it was not acknowledged, and comes again
  CHECK(world.updates.size() == 1);
}
