// SPDX-License-Identifier: MIT OR Apache-2.0
#include "session_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;

TEST_CASE("a request is answered", "[mtproto][session]") {
  session_world world;
  world.connect();
  auto const asked = world.ask(5);
  world.pass(1s);
  CHECK(world.answered[asked] == 1);
  CHECK(world.answers[asked] == object_of(answer_id, 5));
  CHECK(world.executed[5] == 1);
  CHECK(world.sessions_created == 1);
  CHECK(world.client.pending() == 0);
  CHECK(world.client_errors.empty());
}

TEST_CASE("requests wait for a connection", "[mtproto][session]") {
  session_world world;
  auto const asked = world.ask(5);
  CHECK_FALSE(world.next_packet().has_value());
  CHECK_FALSE(world.client.next_deadline().has_value());
  world.connect();
  world.pass(1s);
  CHECK(answered_once(world, {asked}, 5));
}

TEST_CASE("a refusal reaches the one who asked", "[mtproto][session]") {
  session_world world;
  world.handler = [&](server_session& session, server_events::incoming_call const& call) {
    session.refuse(call.message_id, 420, "FLOOD_WAIT_3", world.now);
  };
  world.connect();
  auto const asked = world.ask(1);
  world.pass(1s);
  REQUIRE(world.refusals.size() == 1);
  CHECK(world.refusals[0].request == asked);
  CHECK(world.refusals[0].code == 420);
  CHECK(world.refusals[0].text == "FLOOD_WAIT_3");
}

TEST_CASE("updates arrive in order and once", "[mtproto][session]") {
  session_world world;
  world.connect();
  world.pass(1s);
  for (std::uint32_t i = 0; i < 5; ++i) world.server().push(object_of(update_id, i), world.now);
  world.pass(1s);
  REQUIRE(world.updates.size() == 5);
  for (std::uint32_t i = 0; i < 5; ++i) CHECK(world.updates[i] == object_of(update_id, i));
}

namespace {

/// Ten requests in three waves with updates in between; some are answered late.
struct scenario {
  session_world world;
  std::vector<request_handle> asked = {};

  explicit scenario(line_fault fault, server_session_options options = {}) : world(3, {}, options) {
    world.fault = fault;
    world.handler = [this](server_session& session, server_events::incoming_call const& call) {
      auto const number = number_of(call.body);
      if (number % 4 == 3) {
        late.push_back({session.session_id(), call.message_id, number});
      } else {
        session.answer(call.message_id, object_of(answer_id, number), world.now);
      }
    };
  }

  void ask(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i)
      asked.push_back(world.ask(static_cast<std::uint32_t>(asked.size())));
  }

  void answer_late() {
    for (auto const& one : std::exchange(late, {}))
      world.sessions.at(one.session)
          .answer(one.message, object_of(answer_id, one.number), world.now);
  }

  void run() {
    world.connect();
    ask(4);
    world.pass(2s);
    ask(3);
    answer_late();
    world.pass(2s);
    for (auto& [id, session] : world.sessions) session.push(object_of(update_id, 1), world.now);
    ask(3);
    for (int i = 0; i < 60; ++i) {
      world.pass(10s);
      answer_late();
    }
  }

 private:
  struct waiting {
    std::int64_t session;
    std::int64_t message;
    std::uint32_t number;
  };
  std::vector<waiting> late;
};

}  // namespace

TEST_CASE("whatever happens to any packet, each request is answered exactly once",
          "[mtproto][session][line]") {
  auto const what =
      GENERATE(line_fault::kind::drop, line_fault::kind::duplicate, line_fault::kind::reorder,
               line_fault::kind::cut_before, line_fault::kind::cut_after);
  scenario quiet({});
  quiet.run();
  REQUIRE(answered_once(quiet.world, quiet.asked));
  int const all = std::min(quiet.world.packets, 40);
  REQUIRE(all > 8);
  for (int at = 0; at < all; ++at) {
    INFO("fault " << static_cast<int>(what) << " at packet " << at);
    scenario one({what, at});
    one.run();
    CHECK(answered_once(one.world, one.asked));
    CHECK(one.world.client.pending() == 0);
    CHECK(one.world.client_errors.empty());
    CHECK(one.world.server_errors.empty());
    // An update that is lost on a line that goes on is sent again on the next.
    if (what != line_fault::kind::drop) CHECK(one.world.updates.size() == 1);
    if (what == line_fault::kind::reorder) continue;  // a late packet was taken for a lost one
    for (auto const& [number, times] : one.world.executed) CHECK(times == 1);
  }
}

TEST_CASE("1500 queued requests go out in containers and all are answered", "[mtproto][session]") {
  session_world world;
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 1500; ++i) asked.push_back(world.ask(i));
  world.connect();
  world.pass(5s);
  CHECK(answered_once(world, asked));
  CHECK(world.packets < 40);
  CHECK(world.client_errors.empty());
}

TEST_CASE("many large requests are spread over packets of 32 KiB", "[mtproto][session]") {
  session_world world;
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 40; ++i)
    asked.push_back(world.client.submit(object_of(question_id, i, 4000),
                                        {.compressible = false, .repeatable = true}));
  world.connect();
  std::size_t largest = 0;
  int packets = 0;
  while (auto packet = world.next_packet()) {
    largest = std::max(largest, packet->size());
    ++packets;
  }
  CHECK(packets == 5);
  CHECK(largest < (std::size_t{1} << 15) + 4096 + 1024);
  world.disconnect();
  world.pass(10s);
  CHECK(answered_once(world, asked));
}
