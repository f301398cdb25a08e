// SPDX-License-Identifier: MIT OR Apache-2.0
// What the server side of a session refuses.
#include "server_desk.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("a wrong salt is told before anything else and nothing is executed",
          "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  CHECK(d.send(request + 1, 0, object_of(question_id, 1), 5).empty());
  auto const told = rejection(d, true);
  CHECK(told.bad_msg_id == request + 1);
  CHECK(told.error_code == 48);
  CHECK(told.new_server_salt == d.salt());
  CHECK(is_call(d.call(request, 1), 1));
}

TEST_CASE("ids that no client gives are rejected", "[mtproto][server]") {
  desk d;
  auto const base = d.next_id();
  struct wrong {
    std::int64_t id;
    std::int32_t code;
  };
  auto const seconds = [](std::int64_t count) { return count << 32; };
  for (auto const& one : {wrong{base + 1, 18}, wrong{base + 3, 18}, wrong{base - seconds(301), 16},
                          wrong{base + seconds(31), 17}}) {
    CHECK(d.send(one.id, 1, object_of(question_id, 1)).empty());
    auto const told = rejection(d);
    CHECK(told.bad_msg_id == one.id);
    CHECK(told.error_code == one.code);
  }
  CHECK(is_call(d.send(base - seconds(299), 1, object_of(question_id, 1)), 1));
  CHECK(is_call(d.send(base + seconds(29), 1, object_of(question_id, 1)), 1));
}

TEST_CASE("the id of a rejection tells the time", "[mtproto][server]") {
  desk d({.clock_skew = 2h});
  auto const salt = d.salts.current(d.second() + 7200);
  d.send(d.next_id(), 1, object_of(question_id, 1), salt);
  auto const told = d.said_one(id::bad_msg_notification);
  REQUIRE(told.has_value());
  CHECK(second_of(told->id) == d.second() + 7200);
}

TEST_CASE("parts of a container may be older than the window", "[mtproto][server]") {
  desk d;
  auto const old = d.next_id() - (std::int64_t{1000} << 32);
  auto const body = pack_container({{old, 1, object_of(question_id, 1)}});
  CHECK(is_call(d.send(d.next_id(), 2, body), 1));
}

TEST_CASE("containers that are wrong are rejected", "[mtproto][server]") {
  desk d;
  auto const inner = d.next_id();
  auto const outer = d.next_id();
  auto const good = pack_container({{inner, 1, object_of(question_id, 1)}});
  SECTION("broken: 64") {
    d.send(outer, 2, bytes(good.begin(), good.end() - 4));
    CHECK(rejection(d).error_code == 64);
  }
  SECTION("1025 parts: 64") {
    std::vector<inner_message> many;
    for (int i = 0; i < 1025; ++i) many.push_back({inner + 4 * i, 1, object_of(question_id, 1)});
    d.send(outer + 8000, 2, pack_container(many));
    CHECK(rejection(d).error_code == 64);
  }
  SECTION("a part with an id above the container's: 64") {
    CHECK(d.send(inner, 2, pack_container({{outer, 1, object_of(question_id, 1)}})).empty());
    auto const told = rejection(d);
    CHECK(told.error_code == 64);
    CHECK(told.bad_msg_id == outer);
  }
  SECTION("the id of an earlier request: 19") {
    d.call(outer, 5);
    d.said();
    d.send(outer, 2, good);
    CHECK(rejection(d).error_code == 19);
  }
  SECTION("the same container twice is executed once") {
    CHECK(is_call(d.send(outer, 2, good), 1));
    CHECK(d.send(outer, 2, good).empty());
    CHECK_FALSE(d.said_one(id::bad_msg_notification).has_value());
  }
}

TEST_CASE("a call must have an odd number, a service message need not", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  CHECK(d.send(request, 2, object_of(question_id, 1)).empty());
  auto const told = rejection(d);
  CHECK(told.error_code == 35);
  CHECK(told.bad_msg_id == request);
  CHECK(is_call(d.send(d.next_id(), 1, object_of(question_id, 1)), 1));
  d.send(d.next_id(), 3, start(id::msgs_ack).ids({1}).take());  // mtcute
  d.send(d.next_id(), 2, start(id::ping).number(std::int64_t{1}).take());
  CHECK_FALSE(d.said_one(id::bad_msg_notification).has_value());
}

TEST_CASE("numbers that fall are rejected by a strict session only", "[mtproto][server]") {
  auto const strict = GENERATE(true, false);
  desk d({.strict_sequence = strict});
  auto const first = d.next_id();
  auto const second = d.next_id();
  auto const third = d.next_id();
  d.send(second, 5, object_of(question_id, 1));
  d.said();
  auto code_of = [&](std::int64_t message, std::int32_t number, bytes body) {
    d.send(message, number, std::move(body));
    auto const told = d.said_one(id::bad_msg_notification);
    return told ? read<schema::bad_msg_notification>(*told).error_code : 0;
  };
  CHECK(code_of(third, 3, object_of(question_id, 2)) == (strict ? 32 : 0));
  CHECK(code_of(first, 7, object_of(question_id, 3)) == (strict ? 33 : 0));
  CHECK(code_of(d.next_id(), 9, start(id::msgs_ack).ids({1}).take()) == (strict ? 34 : 0));
  CHECK(code_of(d.next_id(), 9, object_of(question_id, 4)) == 0);
}

TEST_CASE("ids below all that is remembered cannot be verified", "[mtproto][server]") {
  desk d({.remembered = 10});
  auto const early = d.next_id();
  for (std::uint32_t i = 0; i < 20; ++i) {
    auto const request = d.next_id();
    d.call(request, i);
    d.session.answer(request, object_of(answer_id, i), d.now);
  }
  d.said();
  CHECK(d.call(early, 99).empty());
  CHECK(rejection(d).error_code == 20);
}

TEST_CASE("a message of another session is not taken", "[mtproto][server]") {
  desk d;
  auto const got = d.session.on_message({{d.salt(), 1, d.next_id(), 1}, object_of(1, 1)}, d.now);
  REQUIRE_FALSE(got.has_value());
  CHECK(got.error() == protocol_errc::wrong_session);
}

TEST_CASE("a service message that cannot be read ends the connection", "[mtproto][server]") {
  auto const body = GENERATE(
      start(id::ping).number(1).take(), start(id::ping).number(std::int64_t{1}).number(1).take(),
      start(id::get_future_salts).take(),
      start(id::msgs_state_req).number(handmade::boxed_vector).number(2).number(1).take(),
      start(id::msgs_state_info).number(1).take(), start(id::http_wait).number(1).take(),
      start(id::destroy_session).number(1).take());
  desk d;
  auto const request = d.next_id();
  auto const broken = d.next_id();
  bytes const question = object_of(question_id, 1);
  auto const events =
      d.send(d.next_id(), 2, pack_container({{request, 1, question}, {broken, 2, body}}));
  CHECK(events.empty());
  CHECK(d.error == protocol_errc::malformed);
  CHECK(is_call(d.send(request, 1, question), 1));  // nothing of the packet was used
}

TEST_CASE("nonsense from a client never does worse than an error", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  d.call(request, 1);
  std::vector<bytes> const seeds{
      start(id::msgs_ack).ids({request, 1}).take(),
      start(id::msgs_state_req).ids({request, 1}).take(),
      start(id::msg_resend_req).ids({request, 1}).take(),
      start(id::rpc_drop_answer).number(request).take(),
      start(id::ping_delay_disconnect).number(request).number(75).take(),
      start(id::get_future_salts).number(64).take(),
      start(id::destroy_session).number(request).take(),
      service::deflate_if_useful(bytes(3000)),
      pack_container({{request, 1, object_of(question_id, 1)}, {request + 4, 0, bytes(8)}})};
  seeded_random random(6);
  int errors = 0;
  for (int i = 0; i < 6000; ++i) {
    auto body = seeds[static_cast<std::size_t>(i) % seeds.size()];
    for (int flips = 0; flips <= i % 3; ++flips)
      body[random.make<std::uint32_t>() % body.size()] = random.make<std::uint8_t>();
    if (i % 7 == 0) body.resize(random.make<std::uint32_t>() % (body.size() / 4 + 1) * 4);
    d.send(d.next_id(), i % 2, std::move(body));
    if (d.error) ++errors;
    while (d.session.next_packet(d.now)) continue;
  }
  CHECK(errors > 500);
  CHECK(errors < 5500);
  CHECK(is_call(d.call(d.next_id(), 77), 77));
}
