// SPDX-License-Identifier: MIT OR Apache-2.0
// Calls, answers and pushes on the server side of a session.
#include "server_desk.hpp"
#include "support/catch.hpp"

using namespace mtp;
using namespace mtp::mtproto;
using namespace mtp::test;
using handmade::id;
using handmade::start;

TEST_CASE("a session is announced with the lowest id of its first packet", "[mtproto][server]") {
  desk d;
  auto const first = d.next_id();
  auto const second = d.next_id();
  auto const body = pack_container(
      {{second, 3, object_of(question_id, 2)}, {first, 1, object_of(question_id, 1)}});
  CHECK(d.send(d.next_id(), 4, body).size() == 2);
  auto const news = d.said_one(id::new_session_created);
  REQUIRE(news.has_value());
  CHECK(news->has_content());
  CHECK(news->id % 4 == 3);
  CHECK(read<schema::new_session_created>(*news).first_msg_id == first);
  CHECK(read<schema::new_session_created>(*news).server_salt == d.salt());
  d.call(d.next_id(), 3);
  CHECK_FALSE(d.said_one(id::new_session_created).has_value());
}

TEST_CASE("answers and pushes have the ids and numbers of their kind", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  d.call(request, 1);
  d.said();
  d.session.answer(request, object_of(answer_id, 1), d.now);
  auto const answer = d.said_one(id::rpc_result);
  REQUIRE(answer.has_value());
  CHECK(answer->id % 4 == 1);
  CHECK(answer->has_content());
  CHECK(read<service::rpc_result>(*answer).request == request);
  CHECK(read<service::rpc_result>(*answer).object == object_of(answer_id, 1));
  d.session.push(object_of(update_id, 1), d.now);
  auto const push = d.said();
  REQUIRE(push.size() == 1);
  CHECK(push[0].id % 4 == 3);
  CHECK(push[0].id > answer->id);
  CHECK(push[0].sequence > answer->sequence);
}

TEST_CASE("a repeated request is executed once and its answer repeated", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  CHECK(is_call(d.call(request, 1), 1));
  CHECK(d.call(request, 1).empty());
  d.session.answer(request, object_of(answer_id, 1), d.now);
  auto const answer = d.said_one(id::rpc_result);
  REQUIRE(answer.has_value());
  CHECK(d.call(request, 1).empty());
  auto const again = d.said_one(id::rpc_result);
  REQUIRE(again.has_value());
  CHECK(again->id == answer->id);
  CHECK(again->sequence == answer->sequence);
  CHECK(again->body == answer->body);
  SECTION("until the client has acknowledged it") {
    d.service(start(id::msgs_ack).ids({answer->id}).take());
    CHECK(d.call(request, 1).empty());
    CHECK_FALSE(d.said_one(id::rpc_result).has_value());
  }
  SECTION("a second answer is of no effect") {
    d.session.answer(request, object_of(answer_id, 2), d.now);
    CHECK(d.said().empty());
  }
}

TEST_CASE("what is not acknowledged is sent again on the next connection", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  d.call(request, 1);
  d.session.answer(request, object_of(answer_id, 1), d.now);
  d.session.push(object_of(update_id, 1), d.now);
  auto const first = d.said();
  REQUIRE(first.size() == 3);
  d.session.on_disconnected();
  d.session.push(object_of(update_id, 2), d.now);
  CHECK(d.said().empty());
  d.service(start(id::msgs_ack).ids({first[0].id, first[1].id}).take());
  d.session.on_connected(d.now);
  auto const second = d.said();
  REQUIRE(second.size() == 2);
  CHECK(second[0].id == first[2].id);
  CHECK(second[0].body == first[2].body);
  CHECK(second[1].body == object_of(update_id, 2));
}

TEST_CASE("what is not acknowledged is sent again when a test wants it so", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  d.call(request, 1);
  d.session.answer(request, object_of(answer_id, 1), d.now);
  auto const first = d.said();
  REQUIRE(first.size() == 2);
  d.session.faults().repeat_messages = true;
  auto const again = d.said();
  REQUIRE(again.size() == 2);
  CHECK(again[1].id == first[1].id);
  CHECK(again[1].body == first[1].body);
  CHECK(d.said().empty());
}

TEST_CASE("a session is announced again when a test wants it so", "[mtproto][server]") {
  desk d;
  d.call(d.next_id(), 1);
  auto const first = d.said_one(id::new_session_created);
  d.session.faults().announce_again = true;
  auto const later = d.next_id();
  d.call(later, 2);
  auto const again = d.said_one(id::new_session_created);
  REQUIRE((first && again));
  CHECK(read<schema::new_session_created>(*again).first_msg_id == later);
  CHECK(read<schema::new_session_created>(*again).unique_id !=
        read<schema::new_session_created>(*first).unique_id);
}

TEST_CASE("a call whose answer takes its time is acknowledged", "[mtproto][server]") {
  desk d;
  auto const request = d.next_id();
  d.call(request, 1);
  auto const other = d.next_id();
  d.call(other, 2);
  d.session.answer(other, object_of(answer_id, 2), d.now);
  auto const ack = d.said_one(id::msgs_ack);
  REQUIRE(ack.has_value());
  auto const acknowledged = read<schema::msgs_ack>(*ack).msg_ids;
  CHECK(acknowledged == tl::list<std::int64_t>{request});
}

TEST_CASE("an acknowledgement waits a moment for company", "[mtproto][server]") {
  desk d({.announce_session = false});
  auto const request = d.next_id();
  d.call(request, 1);
  CHECK(d.said().empty());
  CHECK(d.session.next_deadline() == d.now.steady + 100ms);
  d.now = d.now.after(100ms);
  auto const ack = d.said_one(id::msgs_ack);
  REQUIRE(ack.has_value());
  CHECK(read<schema::msgs_ack>(*ack).msg_ids == tl::list<std::int64_t>{request});
  CHECK_FALSE(d.session.next_deadline().has_value());
}

TEST_CASE("compressed calls are unpacked, from gzip and zlib", "[mtproto][server]") {
  desk d;
  auto const large = object_of(question_id, 8, 4000);
  auto const gzip = service::deflate_if_useful(large);
  REQUIRE(handmade::id_of(gzip) == id::gzip_packed);
  CHECK(is_call(d.send(d.next_id(), 1, gzip), 8));
  CHECK(is_call(d.send(d.next_id(), 3, zlib_packed(large)), 8));
  auto const inside = pack_container({{d.next_id(), 5, zlib_packed(large)}});
  CHECK(is_call(d.send(d.next_id(), 6, inside), 8));
  auto const bomb = service::deflate_if_useful(bytes(std::size_t{40} << 20));
  CHECK(d.send(d.next_id(), 7, bomb).empty());
  CHECK(d.error == protocol_errc::inflated_too_large);
}

TEST_CASE("large answers and pushes are compressed when asked for", "[mtproto][server]") {
  desk d({.compress_from = 1000});
  auto const request = d.next_id();
  d.call(request, 1);
  d.session.answer(request, object_of(answer_id, 1, 4000), d.now);
  auto const answer = d.said_one(id::rpc_result);
  REQUIRE(answer.has_value());
  CHECK(answer->body.size() < 200);
  CHECK(read<service::rpc_result>(*answer).object == object_of(answer_id, 1, 4000));
}

TEST_CASE("pushes to nobody are bounded and answers are kept", "[mtproto][server]") {
  desk d({.max_unacknowledged = 50});
  auto const request = d.next_id();
  d.call(request, 1);
  d.said();
  d.session.on_disconnected();
  d.session.answer(request, object_of(answer_id, 1), d.now);
  for (std::uint32_t i = 0; i < 500; ++i) d.session.push(object_of(update_id, i), d.now);
  CHECK(d.session.unacknowledged() == 50);
  d.session.on_connected(d.now);
  auto const said = d.said();
  REQUIRE(said.size() == 50);
  CHECK(handmade::id_of(said[0].body) == id::rpc_result);
  CHECK(number_of(said.back().body) == 499);
}

TEST_CASE("what was written is given up beyond a budget of bytes, what waits is not",
          "[mtproto][server]") {
  desk d({.max_unacknowledged_bytes = 1000, .announce_session = false});
  auto answer = [&](std::uint32_t i) {
    auto const request = d.next_id();
    d.call(request, i);
    d.session.answer(request, object_of(answer_id, i, 88), d.now);  // 108 bytes
  };
  for (std::uint32_t i = 0; i < 10; ++i) answer(i);
  CHECK(d.session.unacknowledged() == 10);
  d.session.push(object_of(update_id, 1, 88), d.now);  // the oldest that may go, and does
  CHECK(d.session.unacknowledged() == 10);
  CHECK(d.said().size() == 10);
  for (std::uint32_t i = 10; i < 14; ++i) answer(i);
  CHECK(d.session.unacknowledged() == 9);
  d.session.on_connected(d.now);
  auto const said = d.said();
  REQUIRE(said.size() == 9);
  CHECK(number_of(bytes_view(said[0].body).subspan(12)) == 5);
}

TEST_CASE("an answer that was given up is made anew when the client asks for it",
          "[mtproto][server]") {
  desk d({.max_unacknowledged_bytes = 1000, .announce_session = false});
  auto const request = d.next_id();
  d.call(request, 1);
  d.session.answer(request, object_of(answer_id, 1), d.now);
  REQUIRE(d.said_one(id::rpc_result));
  SECTION("on the connection on which it was written") {
    d.session.push(object_of(update_id, 1, 2000), d.now);
    CHECK(is_call(d.call(request, 1), 1));
  }
  SECTION("not while it may have been lost with its connection") {
    d.session.on_disconnected();
    d.session.push(object_of(update_id, 1, 2000), d.now);
    d.session.on_connected(d.now);
    CHECK(d.said_one(id::rpc_result));
  }
}

TEST_CASE("a pong does not wait for the end of the content", "[mtproto][server]") {
  desk d({.announce_session = false});
  for (std::uint32_t i = 0; i < 10; ++i) d.session.push(object_of(update_id, i, 140'000), d.now);
  d.service(start(id::ping).number(std::int64_t{1}).take());
  auto opened =
      open_message(test_key(), crypto::direction::to_client, *d.session.next_packet(d.now));
  std::size_t budget = 1 << 20;
  auto const parts = *unpack(*std::move(opened), budget);
  REQUIRE(parts.size() == 2);
  CHECK(handmade::id_of(parts[1].body) == id::pong);
}

TEST_CASE("a call that may have been executed long ago is not executed", "[mtproto][server]") {
  desk d({.remembered = 8});
  auto const first = d.next_id();
  bytes const question = object_of(question_id, 1);
  auto ask = [&] { return d.send(d.next_id(), 100, pack_container({{first, 1, question}})); };
  REQUIRE(is_call(ask(), 1));
  d.session.answer(first, object_of(answer_id, 1), d.now);
  auto const running = d.next_id();  // holds its place among what is remembered
  d.call(running, 2);
  for (std::uint32_t i = 0; i < 20; ++i) {
    auto const request = d.next_id();
    d.call(request, i);
    d.session.answer(request, object_of(answer_id, i), d.now);
  }
  d.said();
  SECTION("soon") {}
  SECTION("beyond the window of ids") { d.now = d.now.after(301s); }
  CHECK(ask().empty());
  CHECK(rejection(d).error_code == 20);
}

TEST_CASE("all that waits to be written is counted", "[mtproto][server]") {
  desk d({.announce_session = false});
  d.service(start(id::ping).number(std::int64_t{1}).take());
  CHECK(d.session.waiting_bytes() == 20);
  d.service(start(id::get_future_salts).number(64).take());
  CHECK(d.session.waiting_bytes() > 1000);
  d.said();
  CHECK(d.session.waiting_bytes() == 0);
  auto const request = d.next_id();
  d.call(request, 1);
  d.session.answer(request, object_of(answer_id, 1), d.now);
  d.session.push(object_of(update_id, 1), d.now);
  CHECK(d.session.waiting_bytes() == 20 + 8);
  SECTION("acknowledged before it was written") {
    d.said();
    d.session.on_connected(d.now);
    CHECK(d.session.waiting_bytes() == 20 + 8);
    auto const again = d.said();
    REQUIRE(again.size() == 2);
    d.session.on_connected(d.now);
    d.service(start(id::msgs_ack).ids({again[0].id, again[1].id}).take());
    CHECK(d.session.waiting_bytes() == 0);
    CHECK(d.said().empty());
  }
  SECTION("lost with the connection, but for what has content") {
    d.service(start(id::ping).number(std::int64_t{1}).take());
    d.session.on_disconnected();
    CHECK(d.session.waiting_bytes() == 20 + 8);
  }
}
