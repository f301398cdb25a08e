// SPDX-License-Identifier: MIT OR Apache-2.0
// One bad answer costs one call (check M13).
#include "handmade.hpp"
#include "mtproto/unpack.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

namespace {

bytes bomb_of(std::size_t megabytes) { return service::deflate_if_useful(bytes(megabytes << 20)); }

/// The data centre answers calls with this number by these bytes, all others as always.
void answer_by(session_world& world, std::uint32_t number, bytes object) {
  world.handler = [&world, number, object](server_session& session,
                                           server_events::incoming_call const& call) {
    bool const bad = number_of(call.body) == number;
    session.answer(call.message_id, bad ? object : object_of(answer_id, number_of(call.body)),
                   world.now);
  };
}

bool acknowledges(session_world& world, std::int64_t message) {
  world.now = world.now.after(31s);
  for (auto const& said : messages_of(world)) {
    if (handmade::id_of(said.body) != id::msgs_ack) continue;
    auto const named = service::read<schema::msgs_ack>(said.body);
    for (auto one : named->msg_ids) {
      if (one == message) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("an answer that cannot be used costs its call and nothing else", "[mtproto][answers]") {
  session_world world;
  bool const bomb = GENERATE(true, false);
  auto broken = bomb_of(1);
  broken.resize(broken.size() / 2 / 4 * 4);
  answer_by(world, 1, bomb ? bomb_of(48) : broken);
  world.connect();
  auto const before = world.ask(0);
  auto const bad = world.ask(1);
  auto const after = world.ask(2);
  world.pass(10min);
  CHECK(world.connections == 1);
  CHECK(world.client_errors.empty());
  CHECK(world.executed[1] == 1);
  REQUIRE(world.abandoned.size() == 1);
  CHECK(world.abandoned[0].request == bad);
  auto const why = bomb ? protocol_errc::inflated_too_large : protocol_errc::malformed;
  CHECK(world.abandoned[0].why == make_error_code(why));
  CHECK(world.answered[before] == 1);
  CHECK(world.answered[after] == 1);
  CHECK(world.server().unacknowledged() == 0);
}

TEST_CASE("results that cannot be read end their call", "[mtproto][answers]") {
  session_world world;
  world.handler = [](server_session&, server_events::incoming_call const&) {};
  world.connect();
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const message = *world.client.message_id_of(asked);
  auto const answer = world.server_id();
  bytes const error = start(id::rpc_error).number(7).take();  // without its text
  SECTION("an error without a text") {
    world.inject(start(id::rpc_result).number(message).raw(error).take(), answer, 1);
  }
  SECTION("no object at all") {
    world.inject(start(id::rpc_result).number(message).take(), answer, 1);
  }
  REQUIRE(world.abandoned.size() == 1);
  CHECK(world.abandoned[0].why == make_error_code(protocol_errc::malformed));
  CHECK(world.client_errors.empty());
  CHECK(acknowledges(world, answer));
}

TEST_CASE("an update that cannot be inflated counts as missed", "[mtproto][answers]") {
  session_world world;
  world.connect();
  world.pass(1s);
  int const before = world.sessions_created;
  auto const bad = world.server_id(3);
  world.inject(bomb_of(48), bad, 1);
  CHECK(world.client_errors.empty());
  CHECK(world.updates.empty());
  CHECK(world.sessions_created == before + 1);
  CHECK(acknowledges(world, bad));
}

TEST_CASE("service messages that cannot be read are passed over", "[mtproto][answers]") {
  session_world world;
  world.connect();
  world.pass(1s);
  int const before = world.sessions_created;
  world.inject(start(id::bad_server_salt).number(7).take(), world.server_id());
  CHECK(world.client_errors.empty());
  CHECK(world.sessions_created == before);
  CHECK(world.is_connected());
}

TEST_CASE("a compressed container still ends the connection", "[mtproto][answers]") {
  session_world world;
  world.connect();
  world.pass(1s);
  auto const update = object_of(update_id, 1, 2000);
  auto const first = world.server_id(3);
  world.inject(service::deflate_if_useful(pack_container({{first, 1, update}})), first + 400);
  CHECK(world.client_errors == std::vector<protocol_errc>{protocol_errc::bad_container});
}

TEST_CASE("what a packet inflates beyond its limit comes again", "[mtproto][answers]") {
  session_world world(1, {.max_inflated = 1 << 20, .max_inflated_packet = 3 << 20});
  world.connect();
  world.pass(1s);
  auto const piece = bomb_of(1);
  auto const first = world.server_id(3);
  std::vector<inner_message> all;
  for (int i = 0; i < 5; ++i) all.push_back({first + 4 * i, 1, piece});
  int const before = world.sessions_created;
  world.inject(pack_container(all), first + 400);
  CHECK(world.updates.size() == 3);
  world.inject(pack_container(all), first + 404);
  CHECK(world.updates.size() == 5);
  CHECK(world.client_errors.empty());
  CHECK(world.sessions_created == before);
}
