// SPDX-License-Identifier: MIT OR Apache-2.0
// Calls do not run twice: what becomes of them when a session ends.
#include "handmade.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

namespace {

/// A world in which one call that may not be repeated, and one that may, wait for their answers.
struct two_calls : session_world {
  two_calls() {
    handler = [this](server_session& session, server_events::incoming_call const& call) {
      held.push_back({session.session_id(), call.message_id, number_of(call.body)});
    };
    connect();
    pass(1s);
    once = ask(1, 0, {});
    often = ask(2);
    pass(1s);
    first_session = client.session_id();
  }

  void answer_all() {
    for (auto const& one : std::exchange(held, {}))
      sessions.at(one.session).answer(one.message, object_of(answer_id, one.number), now);
  }
  bool is_unknown(request_handle call) const {
    auto const unknown = make_error_code(client_errc::outcome_unknown);
    return abandoned.size() == 1 && abandoned[0].request == call && abandoned[0].why == unknown;
  }

  struct waiting {
    std::int64_t session;
    std::int64_t message;
    std::uint32_t number;
  };
  std::vector<waiting> held;
  std::int64_t first_session = 0;
  request_handle once = {};
  request_handle often = {};
};

}  // namespace

TEST_CASE("calls of a session that was given up are asked for in it", "[mtproto][outcome]") {
  two_calls world;
  auto const new_one = world.ask(3, 0, {});  // not written yet
  world.give_up();
  CHECK(world.client.session_id() != world.first_session);
  world.pass(1s);
  world.answer_all();
  world.pass(1min);
  CHECK(world.executed[1] == 1);
  CHECK(world.executed[2] == 2);
  CHECK(world.executed[3] == 1);
  CHECK(answered_once(world, {world.once, world.often, new_one}, 1));
  CHECK(world.client.pending() == 0);
  CHECK(world.abandoned.empty());
}

TEST_CASE("what the session before did not receive is written again", "[mtproto][outcome]") {
  two_calls world;
  auto const lost = world.ask(3, 0, {});
  world.next_packet();
  world.give_up();
  world.pass(3s);
  world.answer_all();
  world.pass(3s);
  CHECK(world.executed[3] == 1);
  CHECK(answered_once(world, {world.once, world.often, lost}, 1));
}

TEST_CASE("what the session before received late runs once", "[mtproto][outcome]") {
  two_calls world;
  auto const slow = world.ask(3, 0, {});
  auto packet = *world.next_packet();
  world.give_up();
  SECTION("after it was written again") {
    world.pass(3s);
    CHECK(world.executed[3] == 1);
    world.arrive_late(std::move(packet));
  }
  SECTION("just before") {
    world.now = world.now.after(3s);
    auto const asked = messages_of(world);
    REQUIRE(handmade::id_of(asked.at(0).body) == id::msgs_state_req);
    bytes const states{4, 2};
    auto const told = start(id::msgs_state_info).number(asked[0].id).string(states).take();
    world.inject_into(world.first_session, told, world.server_id());
    world.arrive_late(std::move(packet));
  }
  world.pass(3s);
  world.answer_all();
  world.pass(3s);
  CHECK(world.executed[3] == 1);
  CHECK(answered_once(world, {world.once, world.often, slow}, 1));
  CHECK(world.abandoned.empty());
}

TEST_CASE("another salt does not end what is written again", "[mtproto][outcome]") {
  two_calls world;
  auto const lost = world.ask(3, 0, {});
  world.next_packet();
  world.give_up();
  world.salts.rotate(world.client.server_time(world.now));
  world.pass(1s);
  world.salts.rotate(world.client.server_time(world.now));
  world.pass(3s);
  world.answer_all();
  world.pass(3s);
  CHECK(world.executed[3] == 1);
  CHECK(answered_once(world, {world.once, world.often, lost}, 1));
}

TEST_CASE("a packet that is minutes late runs no call twice", "[mtproto][outcome]") {
  two_calls world;
  auto const slow = world.ask(3, 0, {});
  auto packet = *world.next_packet();
  world.reconnects = false;
  world.disconnect();
  auto const late_by = GENERATE(100s, 250s, 350s);
  world.now = world.now.after(late_by);
  world.reconnects = true;
  world.pass(5s);
  world.arrive_late(std::move(packet));
  world.pass(5s);
  CHECK(world.executed[3] == 1);
  world.answer_all();
  world.pass(3s);
  CHECK(world.answered[slow] == 1);
  CHECK(world.abandoned.empty());
}

TEST_CASE("what nobody can know ends as such", "[mtproto][outcome]") {
  two_calls world;
  world.mute_session = world.first_session;
  world.give_up();
  world.pass(5s);
  CHECK(world.abandoned.empty());
  world.pass(6s);
  CHECK(world.is_unknown(world.once));
  world.answer_all();
  world.pass(1s);
  CHECK(world.answered[world.often] == 1);
  CHECK(world.answered[world.once] == 1);
  CHECK(world.executed[1] == 1);
  CHECK(world.client.pending() == 0);
}

TEST_CASE("a lost connection does not end the question", "[mtproto][outcome]") {
  two_calls world;
  world.reconnects = false;
  world.disconnect();
  world.give_up();
  world.pass(1min);
  CHECK(world.abandoned.empty());
  world.reconnects = true;
  world.pass(2s);
  world.answer_all();
  world.pass(5s);
  CHECK(world.executed[1] == 1);
  CHECK(world.answered[world.once] == 1);
  CHECK(world.abandoned.empty());
}

TEST_CASE("a message that ends the session does not repeat the others", "[mtproto][outcome]") {
  two_calls world;
  auto const code = GENERATE(17, 18, 19, 32, 33, 34, 35, 64);
  world.server().faults().reject_next = code;
  auto const rejected = world.ask(3, 0, {});
  world.pass(3s);
  CHECK(world.client.session_id() != world.first_session);
  world.answer_all();
  world.pass(2s);
  world.answer_all();
  world.pass(1min);
  CHECK(world.executed[1] == 1);
  CHECK(world.executed[3] == 1);
  CHECK(world.answered[world.once] == 1);
  CHECK(world.answered[world.often] == 1);
  CHECK(world.answered[rejected] == 1);
}

TEST_CASE("a server that forgot the session may have executed what was sent in it",
          "[mtproto][outcome]") {
  two_calls world;
  world.disconnect();
  world.now = world.now.after(5ms);
  world.sessions.clear();
  world.held.clear();
  world.pass(10s);
  world.answer_all();
  world.pass(1min);
  CHECK(world.is_unknown(world.once));
  CHECK(world.executed[1] == 1);
  CHECK(world.answered[world.often] == 1);
}

TEST_CASE("a server that tells late of a session it has is believed", "[mtproto][outcome]") {
  two_calls world;
  auto const first = *world.client.message_id_of(world.often) + 400;
  auto const said =
      start(id::new_session_created).number(first).number(std::int64_t{77}).number(std::int64_t{0});
  auto created = said;
  world.inject(created.take(), world.server_id(3), 1);
  world.pass(1s);  // the data centre says that it has it
  world.answer_all();
  world.pass(1s);
  CHECK(world.answered[world.once] == 1);
  CHECK(world.abandoned.empty());
  CHECK(world.executed[1] == 1);
}

TEST_CASE("calls that may not be repeated keep their message id", "[mtproto][outcome]") {
  two_calls world;
  auto const lost = world.ask(3, 0, {});
  world.next_packet();
  auto const message = *world.client.message_id_of(lost);
  world.disconnect();
  world.pass(3s);
  CHECK(world.executed[3] == 1);
  CHECK(world.client.message_id_of(lost) == message);
}

TEST_CASE("a session is in doubt after silence, and after connections without a word",
          "[mtproto][outcome]") {
  two_calls world;
  world.server_mute = true;
  SECTION("silence") {
    world.now = world.now.after(60s);
    while (world.next_packet()) continue;
    CHECK_FALSE(world.client.is_doubtful(world.now));
    world.now = world.now.after(15s);
    CHECK(world.client.is_doubtful(world.now));
  }
  SECTION("three connections") {
    for (int i = 0; i < 3; ++i) {
      world.client.on_connected(world.now);
      CHECK_FALSE(world.client.has_heard());
      CHECK_FALSE(world.client.is_doubtful(world.now));
      while (world.next_packet()) continue;
    }
    world.client.on_connected(world.now);
    CHECK(world.client.is_doubtful(world.now));
    world.inject(object_of(update_id, 1), world.server_id(3), 1);
    CHECK(world.client.has_heard());
    CHECK_FALSE(world.client.is_doubtful(world.now));
  }
}

TEST_CASE("a forgotten session that begins with a late message is not believed either",
          "[mtproto][outcome]") {
  two_calls world;
  auto const first = *world.client.message_id_of(world.once) - 400;  // as a late message would
  world.disconnect();
  world.now = world.now.after(5ms);
  world.sessions.clear();
  world.held.clear();
  world.connect();
  std::int64_t question = 0;
  for (auto const& said : messages_of(world)) {
    if (handmade::id_of(said.body) == id::msgs_state_req) question = said.id;
  }
  world.inject(start(id::new_session_created)
                   .number(first)
                   .number(std::int64_t{77})
                   .number(std::int64_t{0})
                   .take(),
               world.server_id(3), 1);
  bytes const not_received{2, 2};
  auto const states = start(id::msgs_state_info).number(question).string(not_received).take();
  world.inject(states, world.server_id());
  for (auto const& said : messages_of(world)) {
    CHECK(number_of(said.body) != 1);
    if (handmade::id_of(said.body) == id::msgs_state_req) question = said.id;
  }
  bytes const still_not{2};
  world.inject(start(id::msgs_state_info).number(question).string(still_not).take(),
               world.server_id());
  CHECK(world.is_unknown(world.once));
}

TEST_CASE("a forgotten session that begins with a repeated message is not believed either",
          "[mtproto][outcome]") {
  two_calls world;
  auto const later = world.ask(3, 0, {});
  world.pass(1s);
  REQUIRE(world.executed[3] == 1);
  world.server_mute = true;
  std::int64_t question = 0;
  auto const question_of_next = [&] {
    for (auto const& said : messages_of(world)) {
      bool const call = handmade::id_of(said.body) == static_cast<id>(question_id);
      CHECK_FALSE((call && number_of(said.body) == 3));
      if (handmade::id_of(said.body) == id::msgs_state_req) question = said.id;
    }
    return question;
  };
  world.now = world.now.after(31s);
  question_of_next();
  world.now = world.now.after(11s);
  question_of_next();  // beside the call that may be repeated, under the id it has
  auto const first = *world.client.message_id_of(world.often);
  CHECK(first < *world.client.message_id_of(later));
  world.inject(start(id::new_session_created)
                   .number(first)
                   .number(std::int64_t{77})
                   .number(std::int64_t{0})
                   .take(),
               world.server_id(3), 1);
  question_of_next();
  bytes const not_received{2, 2};
  world.inject(start(id::msgs_state_info).number(question).string(not_received).take(),
               world.server_id());
  question_of_next();
  CHECK(world.abandoned.size() == 2);
  CHECK(world.executed[3] == 1);
}
