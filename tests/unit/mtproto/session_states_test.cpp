// SPDX-License-Identifier: MIT OR Apache-2.0
// What became of messages: asked and told.
#include "recovery_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("a lost answer is asked for and arrives", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  world.server().faults().lose_packets = 1;
  world.answer_all();
  world.pass(3min);
  CHECK(answered_once(world, {asked}, 1));
  CHECK(world.executed[1] == 1);
  CHECK(world.connections == 1);
}

TEST_CASE("a server that knows no msgs_state_req gets the request under the same id",
          "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const id_before = *world.client.message_id_of(asked);
  bool const refuses = GENERATE(true, false);
  world.disconnect();
  world.reconnects = false;
  world.pass(5s);
  world.client.on_connected(world.now);
  auto const said = said_by(world);
  CHECK(contains(said, id::msgs_state_req));
  CHECK_FALSE(contains(said, static_cast<id>(question_id)));
  if (!refuses) {
    world.now = world.now.after(10s);
    CHECK(contains(said_by(world), static_cast<id>(question_id)));
  }
  CHECK(world.client.message_id_of(asked) == id_before);
}

TEST_CASE("a server may ask what became of its messages", "[mtproto][recovery]") {
  slow_world world;
  auto const known = world.server_id(3);
  world.inject(object_of(update_id, 1), known, 1);
  while (world.next_packet()) continue;
  auto const question = world.server_id(1);
  world.inject(start(id::msgs_state_req).ids({known, known + 4000, 5}).take(), question);
  CHECK(world.client_errors == std::vector<protocol_errc>{});
  CHECK(world.is_connected());
  auto const packet = world.next_packet();
  REQUIRE(packet.has_value());
  auto const opened = open_message(test_key(), crypto::direction::to_server, *packet);
  bytes const info{4, 3, 1};
  auto const expected = start(id::msgs_state_info).number(question).string(info).take();
  CHECK(std::search(opened->body.begin(), opened->body.end(), expected.begin(), expected.end()) !=
        opened->body.end());
}

TEST_CASE("a server may ask for a message again", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const message = *world.client.message_id_of(asked);
  world.inject(start(id::msg_resend_req).ids({message}).take(), world.server_id());
  auto const said = said_by(world);
  CHECK(contains(said, static_cast<id>(question_id)));
  CHECK_FALSE(contains(said, id::msgs_state_info));
  CHECK(world.client.message_id_of(asked) == message);
  world.inject(start(id::msg_resend_req).ids({message + 4}).take(), world.server_id());
  CHECK(contains(said_by(world), id::msgs_state_info));
}

TEST_CASE("an answer that is only announced is asked for", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const message = *world.client.message_id_of(asked);
  auto const answer = world.server_id();
  auto const info =
      start(id::msg_detailed_info).number(message).number(answer).number(100).number(0).take();
  world.inject(info, world.server_id());
  CHECK(contains(said_by(world), id::msg_resend_req));
  world.inject(object_of(update_id, 1), answer, 1);
  while (world.next_packet()) continue;
  world.inject(info, world.server_id());
  world.now = world.now.after(31s);
  auto const said = said_by(world);
  CHECK(contains(said, id::msgs_ack));
  CHECK_FALSE(contains(said, id::msg_resend_req));
}

TEST_CASE("a state that is told too late sends nothing under a new id", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const message = *world.client.message_id_of(asked);
  world.now = world.now.after(30s);
  auto const first = said_one(world, id::msgs_state_req);
  world.now = world.now.after(10s);
  CHECK(said_one(world, static_cast<id>(question_id)) == message);
  world.inject(state_info(first, 1), world.server_id());
  CHECK_FALSE(contains(said_by(world), static_cast<id>(question_id)));
  world.now = world.now.after(30s);
  auto const second = said_one(world, id::msgs_state_req);
  world.inject(state_info(first, 1), world.server_id());
  CHECK_FALSE(contains(said_by(world), static_cast<id>(question_id)));
  world.inject(state_info(second, 1), world.server_id());
  CHECK(said_one(world, static_cast<id>(question_id)) > message);
}

TEST_CASE("states that nobody asked for send nothing again", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const message = *world.client.message_id_of(asked);
  bytes const unknown{1};
  auto const news = start(id::msgs_all_info).ids({message}).string(unknown).take();
  world.inject(news, world.server_id());
  CHECK_FALSE(contains(said_by(world), static_cast<id>(question_id)));
  world.now = world.now.after(30s);
  said_one(world, id::msgs_state_req);
  world.inject(news, world.server_id());
  CHECK(said_one(world, static_cast<id>(question_id)) > message);
}

TEST_CASE("each question about messages has its own time", "[mtproto][recovery]") {
  slow_world world;
  auto const first = world.ask(1);
  messages_of(world);
  auto const id_of_first = *world.client.message_id_of(first);
  world.now = world.now.after(5s);
  auto const second = world.ask(2);
  messages_of(world);
  auto const id_of_second = *world.client.message_id_of(second);
  world.now = world.now.after(25s);
  said_one(world, id::msgs_state_req);
  world.now = world.now.after(5s);
  said_one(world, id::msgs_state_req);
  world.now = world.now.after(5s);
  CHECK(said_one(world, static_cast<id>(question_id)) == id_of_first);
  CHECK(world.client.next_deadline() <= world.now.steady + 5s);
  world.now = world.now.after(5s);
  CHECK(said_one(world, static_cast<id>(question_id)) == id_of_second);
}

TEST_CASE("an acknowledgement of a question does not answer it", "[mtproto][recovery]") {
  slow_world world;
  auto const asked = world.ask(1);
  world.pass(1s);
  auto const message = *world.client.message_id_of(asked);
  world.now = world.now.after(30s);
  auto const question = said_one(world, id::msgs_state_req);
  world.inject(start(id::msgs_ack).ids({question}).take(), world.server_id());
  world.inject(state_info(question, 1), world.server_id());
  CHECK(said_one(world, static_cast<id>(question_id)) > message);
}

TEST_CASE("a rejected msg_resend_req is sent again, not without end", "[mtproto][recovery]") {
  slow_world world;
  auto const wanted = world.server_id(3);
  world.inject(start(id::msg_new_detailed_info).number(wanted).number(100).number(0).take(),
               world.server_id(3));
  int times = 0;
  auto const expected = start(id::msg_resend_req).ids({wanted}).take();
  for (int i = 0; i < 20; ++i) {
    for (auto const& message : messages_of(world)) {
      if (message.body != expected) continue;
      ++times;
      world.inject(start(id::bad_msg_notification).number(message.id).number(0).number(20).take(),
                   world.server_id());
    }
  }
  CHECK(times == 9);
}
