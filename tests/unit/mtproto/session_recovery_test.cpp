// SPDX-License-Identifier: MIT OR Apache-2.0
// Lost connections, lost sessions, lost answers, cancelled requests, silence.
#include "handmade.hpp"
#include "mtproto/keepalive.hpp"
#include "mtproto/unpack.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

namespace {

/// Leaves every call without an answer until told.
struct slow_world : session_world {
  slow_world() : session_world(21) {
    handler = [this](server_session& session, event::call const& call) {
      held.push_back({session.session_id(), call});
    };
    connect();
    pass(1s);
  }
  void answer_all() {
    for (auto const& [session, call] : std::exchange(held, {}))
      sessions.at(session).answer(call.message_id, object_of(answer_id, number_of(call.body)), now);
  }
  std::vector<std::pair<std::int64_t, event::call>> held;
};

/// The constructor ids of what the client says now.
std::vector<handmade::id> said_by(session_world& world) {
  std::vector<handmade::id> out;
  for (auto const& message : messages_of(world)) out.push_back(handmade::id_of(message.body));
  return out;
}

/// The id of the only message of this kind that the client says now.
std::int64_t said_one(session_world& world, handmade::id what) {
  std::vector<std::int64_t> found;
  for (auto const& message : messages_of(world))
    if (handmade::id_of(message.body) == what) found.push_back(message.id);
  REQUIRE(found.size() == 1);
  return found[0];
}

bytes state_info(std::int64_t question, std::uint8_t state) {
  bytes const info{state};
  return start(id::msgs_state_info).number(question).string(info).take();
}

bool contains(std::vector<handmade::id> const& all, handmade::id one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

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
  server.faults().reject_next = 33;  // the call; the pong comes under the session of before
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

TEST_CASE("while bytes are taken from us the other side is not silent", "[mtproto][keepalive]") {
  steady_time const t0{};
  keepalive k(60s, 15s, 75s);
  k.on_connected(t0);
  k.on_ping(1, t0);
  constexpr std::size_t part = std::size_t{512} << 10;
  k.on_flow(part, t0);
  for (auto at = 14s; at < 75s; at += 14s) {
    CHECK_FALSE(k.is_silent(t0 + at));
    k.on_flow(part, t0 + at);
  }
  CHECK(k.is_silent(t0 + 75s));  // then the server has closed it
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
