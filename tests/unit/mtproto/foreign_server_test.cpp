// SPDX-License-Identifier: MIT OR Apache-2.0
// Servers that we did not write and that take the protocol lightly: every message has the number 0
// and the salt 0, acknowledgements are refused like requests, one salt holds until 2038, state
// requests are unknown, and a session id belongs to its first connection.
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

class light_server {
 public:
  seeded_random random{31};
  moment now{steady_time(1000s), std::chrono::system_clock::time_point(1'700'000'000s)};
  client_session client{context_of(), random};
  std::map<request_handle, int> answered;
  std::map<handmade::id, int> met;
  std::size_t sent = 0;
  bool silent_about_states = false;
  bool tied = false;      ///< answers only on the first connection of a session
  bool hangs_up = false;  ///< on others, instead of being silent
  int connections = 0;
  bool numbered = false;  ///< gives its messages odd numbers, and wants acknowledgements
  bool up = false;

  void connect() {
    up = true;
    bool const doubtful = client.is_doubtful(now);
    client.on_connected(now);
    if (doubtful) static_cast<void>(client.give_up(now));  // the answers tell what became of calls
    ++connections;
  }
  void disconnect() {
    up = false;
    client.on_disconnected();
  }

  /// Takes and answers until the client has nothing to say.
  void settle() {
    while (auto packet = up ? client.next_packet(now) : std::nullopt) {
      ++sent;
      auto opened = open_message(test_key(), crypto::direction::to_server,
                                 bytes(packet->view().begin(), packet->view().end()));
      REQUIRE(opened.has_value());
      auto const session = opened->header.session;
      bool const first = first_connection_.try_emplace(session, connections).second;
      bool const foreign = tied && first_connection_[session] != connections;
      if (foreign && hangs_up) return disconnect();
      if (foreign) continue;
      std::size_t budget = 1 << 20;
      auto parts = unpack(std::move(*opened), budget);
      REQUIRE(parts.has_value());
      if (first)
        reply(start(id::new_session_created)
                  .number((*parts)[0].id)
                  .number(session)
                  .number(std::int64_t{0})
                  .take());
      for (auto const& part : *parts) answer(part);
    }
  }

  void pass(duration span) {
    auto const end = now.steady + span;
    if (!up) connect();
    settle();
    while (now.steady < end) {
      auto const next = client.next_deadline().value_or(end);
      now = now.after(std::clamp<duration>(next - now.steady, 1ms, end - now.steady));
      if (up && client.is_silent(now)) disconnect();
      if (!up) connect();
      settle();
    }
  }

 private:
  void answer(inner_message const& part) {
    auto const what = handmade::id_of(part.body);
    ++met[what];
    auto result = start(id::rpc_result).number(part.id);
    if (what == static_cast<id>(question_id))
      return reply(result.raw(object_of(answer_id, number_of(part.body))).take());
    switch (what) {
      case id::ping_delay_disconnect:
        return reply(
            start(id::pong).number(part.id).raw(bytes_view(part.body).subspan(4, 8)).take());
      case id::get_future_salts: {
        auto const second = static_cast<std::int32_t>(now.wall.time_since_epoch() / 1s);
        auto salts = start(id::future_salts).number(part.id).number(second).number(1);
        return reply(salts.number(second - 100).number(2147483647).number(std::int64_t{0}).take());
      }
      case id::msgs_state_req:
        if (silent_about_states) return;
        [[fallthrough]];
      default:
        return reply(
            result.raw(start(id::rpc_error).number(400).string(as_bytes("UNKNOWN")).take()).take());
    }
  }

  void reply(bytes body) {
    auto const since =
        std::chrono::duration_cast<std::chrono::seconds>(now.wall.time_since_epoch());
    message_header header{.session = client.session_id(),
                          .id = (since.count() << 32) + 4 * ++replies_ + 1};
    if (numbered) header.sequence = static_cast<std::int32_t>(2 * replies_ + 1);
    auto packet = seal_message(test_key(), crypto::direction::to_client, header, body, random);
    auto events = client.on_packet(std::move(packet), now);
    REQUIRE(events.has_value());
    for (auto const& one : *events) {
      if (auto const* got = std::get_if<session_events::answer>(&one)) ++answered[got->request];
    }
  }

  std::map<std::int64_t, int> first_connection_;
  std::int64_t replies_ = 0;
};

}  // namespace

TEST_CASE("a server that numbers nothing is borne for hours", "[mtproto][foreign]") {
  light_server server;
  server.connect();
  std::vector<request_handle> asked;
  for (std::uint32_t i = 0; i < 100; ++i) {
    asked.push_back(server.client.submit(object_of(question_id, i)));
    server.pass(2min);
  }
  for (auto one : asked) CHECK(server.answered[one] == 1);
  CHECK(server.met[id::msgs_ack] == 0);  // nothing had content
  CHECK(server.met[id::get_future_salts] == 1);
  CHECK(server.sent < 100 + 220);
}

TEST_CASE("a server may refuse acknowledgements like requests", "[mtproto][foreign]") {
  light_server server;
  server.numbered = true;
  server.connect();
  server.pass(2min);
  auto const session = server.client.session_id();
  CHECK(server.met[id::msgs_ack] > 2);
  CHECK(server.met[id::msgs_ack] < 10);  // each refusal is acknowledged, half a minute later
  auto const asked = server.client.submit(object_of(question_id, 1), {.repeatable = true});
  REQUIRE(server.client.next_packet(server.now).has_value());  // lost with the connection
  server.disconnect();
  server.pass(1min);
  CHECK(server.met[id::msgs_state_req] == 1);  // these it was not seen to refuse
  CHECK(server.answered[asked] == 1);
  CHECK(server.client.session_id() == session);
}

TEST_CASE("a server without msgs_state_req gets requests again", "[mtproto][foreign]") {
  light_server server;
  server.silent_about_states = GENERATE(true, false);
  server.connect();
  server.pass(1s);
  auto const asked = server.client.submit(object_of(question_id, 1), {.repeatable = true});
  REQUIRE(server.client.next_packet(server.now).has_value());  // lost with the connection
  server.disconnect();
  server.connect();
  server.pass(30s);
  CHECK(server.answered[asked] == 1);
  CHECK(server.met[id::msgs_state_req] == 1);
  CHECK(server.met[static_cast<id>(question_id)] == 1);
}

TEST_CASE("a server that ties a session to its connection gets another session",
          "[mtproto][foreign]") {
  light_server server;
  server.tied = true;
  server.connect();
  server.pass(1s);
  auto const session = server.client.session_id();
  server.disconnect();
  auto const asked = server.client.submit(object_of(question_id, 1), {.repeatable = true});
  server.pass(1min);
  CHECK(server.client.session_id() != session);
  CHECK(server.answered[asked] == 1);
}

TEST_CASE("a server that hangs up on a session from elsewhere gets another session",
          "[mtproto][foreign]") {
  light_server server;
  server.tied = server.hangs_up = true;
  server.connect();
  server.pass(1s);
  auto const session = server.client.session_id();
  bool const under_way = GENERATE(false, true);
  auto const asked = server.client.submit(object_of(question_id, 1), {.repeatable = true});
  if (under_way) REQUIRE(server.client.next_packet(server.now).has_value());  // lost
  server.disconnect();
  if (!under_way) server.client.cancel(asked);
  int const before = server.connections;
  for (int i = 0; i < 60 && server.client.session_id() == session; ++i) server.pass(1s);
  CHECK(server.connections - before == 4);  // three that heard nothing put it in doubt
  auto const another = server.client.submit(object_of(question_id, 2));
  server.pass(1s);
  CHECK(server.answered[another] == 1);
  CHECK(server.answered[asked] == (under_way ? 1 : 0));
}
