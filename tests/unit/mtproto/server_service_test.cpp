// SPDX-License-Identifier: MIT OR Apache-2.0
// What the server side of a session answers by itself.
#include "server_desk.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("pings are answered, and the promise of more is kept to", "[mtproto][server]") {
  desk d;
  auto const message = d.next_id();
  d.send(message, 0, start(id::ping).number(std::int64_t{77}).take());
  auto const pong = d.said_one(id::pong);
  REQUIRE(pong.has_value());
  CHECK_FALSE(pong->has_content());
  CHECK(read<schema::pong>(*pong).msg_id == message);
  CHECK(read<schema::pong>(*pong).ping_id == 77);
  CHECK_FALSE(d.session.next_deadline().has_value());
  auto ping = [&] {
    d.service(start(id::ping_delay_disconnect).number(std::int64_t{78}).number(75).take());
    CHECK(d.said_one(id::pong).has_value());
  };
  ping();
  CHECK(d.session.next_deadline() == d.now.steady + 75s);
  d.now = d.now.after(74s);
  CHECK_FALSE(d.session.should_close(d.now));
  ping();
  d.now = d.now.after(74s);
  CHECK_FALSE(d.session.should_close(d.now));
  d.now = d.now.after(1s);
  CHECK(d.session.should_close(d.now));
  d.session.on_disconnected();
  CHECK_FALSE(d.session.should_close(d.now));
}

TEST_CASE("future salts are told", "[mtproto][server]") {
  desk d;
  auto const message = d.next_id();
  d.send(message, 0, start(id::get_future_salts).number(30).take());
  auto const told = d.said_one(id::future_salts);
  REQUIRE(told.has_value());
  auto const salts = read<schema::future_salts>(*told);
  CHECK(salts.req_msg_id == message);
  CHECK(salts.now == d.second());
  REQUIRE(salts.salts.size() == 30);
  CHECK(salts.salts[0].salt == d.salt());
  d.now = d.now.after(std::chrono::seconds(salts.salts[7].valid_since - d.second()));
  CHECK(is_call(d.send(d.next_id(), 1, object_of(question_id, 1), salts.salts[7].salt), 1));
}

TEST_CASE("the state of messages is told", "[mtproto][server]") {
  desk d;
  auto const running = d.next_id();
  auto const answered = d.next_id();
  auto const missing = d.next_id();
  auto const service_message = d.next_id();
  auto const low = running - 400;
  d.call(running, 1);
  d.call(answered, 2);
  d.session.answer(answered, object_of(answer_id, 2), d.now);
  d.send(service_message, 4, start(id::ping).number(std::int64_t{1}).take());
  auto const high = d.next_id() + 400;
  d.said();
  d.service(start(id::msgs_state_req)
                .ids({running, answered, missing, service_message, low, high})
                .take());
  auto const told = d.said_one(id::msgs_state_info);
  REQUIRE(told.has_value());
  CHECK(info_of(*told) == bytes{4 + 32, 4 + 64, 2, 4, 1, 3});
}

TEST_CASE("messages are sent again when asked for", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  d.call(request, 1);
  d.session.answer(request, object_of(answer_id, 1), d.now);
  auto const answer = d.said_one(id::rpc_result);
  REQUIRE(answer.has_value());
  d.service(start(id::msg_resend_req).ids({answer->id}).take());
  auto const again = d.said_one(id::rpc_result);
  REQUIRE(again.has_value());
  CHECK(again->id == answer->id);
  d.service(start(id::msg_resend_req).ids({5, answer->id}).take());
  auto const state = d.said_one(id::msgs_state_info);
  REQUIRE(state.has_value());
  CHECK(info_of(*state) == bytes{1, 4});
}

TEST_CASE("answers may be dropped: unknown, running, ready", "[mtproto][server]") {
  desk d;
  auto drop = [&](std::int64_t request) {
    auto const message = d.next_id();
    auto const events =
        d.send(message, d.sequence.next(true), start(id::rpc_drop_answer).number(request).take());
    std::optional<handmade::id> what;
    for (auto const& one : d.said()) {
      if (handmade::id_of(one.body) != id::rpc_result) continue;
      auto const result = read<service::rpc_result>(one);
      if (result.request == message) what = handmade::id_of(result.object);
    }
    REQUIRE(what.has_value());
    return std::pair(*what, events.size());
  };
  CHECK(drop(12) == std::pair(id::rpc_answer_unknown, std::size_t{0}));

  auto const running = d.next_id();
  d.call(running, 1);
  CHECK(drop(running) == std::pair(id::rpc_answer_dropped_running, std::size_t{1}));
  d.session.answer(running, object_of(answer_id, 1), d.now);
  CHECK_FALSE(d.said_one(id::rpc_result).has_value());

  auto const ready = d.next_id();
  d.call(ready, 2);
  d.session.answer(ready, object_of(answer_id, 2), d.now);
  CHECK(drop(ready) == std::pair(id::rpc_answer_dropped, std::size_t{0}));
  CHECK(drop(ready) == std::pair(id::rpc_answer_unknown, std::size_t{0}));
}

TEST_CASE("messages that need no answer get none", "[mtproto][server]") {
  desk d({.announce_session = false});
  d.service(start(id::http_wait).number(0).number(0).number(25000).take());
  d.service(start(id::msgs_state_info).number(std::int64_t{1}).string(bytes{4}).take());
  d.service(start(id::msgs_ack).ids({1, 2, 3}).take());
  d.now = d.now.after(1s);
  CHECK(d.said().empty());
}

TEST_CASE("what the session answers itself is answered as often as it is asked",
          "[mtproto][server]") {
  desk d;
  auto const question = d.next_id();
  auto const number = d.sequence.next(true);
  auto const body = start(id::destroy_session).number(std::int64_t{5}).take();
  for (int i = 0; i < 2; ++i) {
    auto const events = d.send(question, number, body);
    REQUIRE(events.size() == 1);
    CHECK(std::holds_alternative<server_events::destroy_session>(events[0]));
  }
}

TEST_CASE("functions of the session itself can be asked like any other", "[mtproto][session]") {
  session_world world;
  world.connect();
  world.pass(1s);
  auto ask = [&](bytes body) {
    auto const asked = world.client.submit(std::move(body));
    world.pass(1s);
    CHECK(world.answered[asked] == 1);
    return world.answers[asked];
  };
  auto const other = world.client.session_id() ^ 1;
  CHECK(ask(start(id::destroy_session).number(other).take()) ==
        start(id::destroy_session_none).number(other).take());
  CHECK(handmade::id_of(ask(start(id::ping).number(std::int64_t{5}).take())) == id::pong);
  CHECK(handmade::id_of(ask(start(id::get_future_salts).number(3).take())) == id::future_salts);
  CHECK(handmade::id_of(ask(start(id::rpc_drop_answer).number(std::int64_t{4}).take())) ==
        id::rpc_answer_unknown);
  CHECK(handmade::id_of(ask(start(id::destroy_auth_key).take())) == id::destroy_auth_key_ok);
  CHECK(world.client.pending() == 0);
}
