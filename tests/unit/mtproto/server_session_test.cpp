// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/message_id.hpp>
#include <mtp/mtproto/server_session.hpp>

#include <zlib.h>

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

constexpr std::int64_t session_number = 4242;

/// A session and a client of which every message is made by hand.
struct desk {
  seeded_random random{1};
  moment now{steady_time(1000s), std::chrono::system_clock::time_point(1'700'000'000s)};
  server_salts salts{random};
  server_session session;
  sequence_counter sequence;
  message_id_source ids;

  explicit desk(server_session_options options = {})
      : session(test_key(), session_number, salts, random, options) {
    session.on_connected(now);
  }

  std::int64_t second() const {
    return std::chrono::duration_cast<std::chrono::seconds>(now.wall.time_since_epoch()).count();
  }
  std::int64_t next_id() { return ids.next(std::chrono::seconds(second()), id_kind::from_client); }
  std::int64_t salt() { return salts.current(second()); }

  /// Events, or nothing when the message closed the connection.
  std::vector<server_event> send(std::int64_t message, std::int32_t number, bytes body,
                                 std::optional<std::int64_t> with_salt = {}) {
    message_header const header{with_salt ? *with_salt : salt(), session_number, message, number};
    auto got = session.on_message({header, std::move(body)}, now);
    error = got ? std::nullopt : std::optional(got.error());
    return got ? std::move(*got) : std::vector<server_event>();
  }
  std::vector<server_event> call(std::int64_t message, std::uint32_t number) {
    return send(message, sequence.next(true), object_of(question_id, number));
  }
  std::vector<server_event> service(bytes body) {
    return send(next_id(), sequence.next(false), std::move(body));
  }

  /// Everything that the session says now.
  std::vector<inner_message> said() {
    std::vector<inner_message> out;
    while (auto packet = session.next_packet(now)) {
      auto opened = open_message(test_key(), crypto::direction::to_client, std::move(*packet));
      REQUIRE(opened.has_value());
      std::size_t budget = 1 << 20;
      auto parts = unpack(std::move(*opened), budget);
      REQUIRE(parts.has_value());
      for (auto& part : *parts) out.push_back(std::move(part));
    }
    return out;
  }

  /// The first message of this kind among what is said now.
  std::optional<inner_message> said_one(id what) {
    std::optional<inner_message> found;
    for (auto& one : said())
      if (handmade::id_of(one.body) == what && !found) found = std::move(one);
    return found;
  }

  std::optional<protocol_errc> error;
};

template <class T>
T read(inner_message message) {
  std::size_t budget = 1 << 20;
  auto said = service::read_server_message(message.body, budget);
  REQUIRE(said.has_value());
  REQUIRE(std::holds_alternative<T>(*said));
  return std::get<T>(std::move(*said));
}

/// What the session says against a message, of either kind.
schema::bad_server_salt rejection(desk& d, bool of_salt = false) {
  auto const found = d.said_one(of_salt ? id::bad_server_salt : id::bad_msg_notification);
  REQUIRE(found.has_value());
  CHECK_FALSE(found->has_content());
  if (of_salt) return read<schema::bad_server_salt>(*found);
  auto const said = read<schema::bad_msg_notification>(*found);
  return {said.bad_msg_id, said.bad_msg_seqno, said.error_code, 0};
}

bytes info_of(inner_message const& message) {
  auto const said = read<schema::msgs_state_info>(message);
  bytes_view const info = said.info;
  return bytes(info.begin(), info.end());
}

bytes zlib_packed(bytes_view data) {
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  bytes out(size);
  compress(out.data(), &size, data.data(), static_cast<uLong>(data.size()));
  out.resize(size);
  return start(id::gzip_packed).string(out).take();
}

bool is_call(std::vector<server_event> const& events, std::uint32_t number) {
  if (events.size() != 1) return false;
  auto const* call = std::get_if<event::call>(&events[0]);
  return call && number_of(call->body) == number;
}

}  // namespace

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

TEST_CASE("what the session answers itself is answered as often as it is asked",
          "[mtproto][server]") {
  desk d;
  auto const question = d.next_id();
  auto const number = d.sequence.next(true);
  auto const body = start(id::destroy_session).number(std::int64_t{5}).take();
  for (int i = 0; i < 2; ++i) {
    auto const events = d.send(question, number, body);
    REQUIRE(events.size() == 1);
    CHECK(std::holds_alternative<event::destroy_session>(events[0]));
  }
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
