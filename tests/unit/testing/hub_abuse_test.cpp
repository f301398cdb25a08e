// SPDX-License-Identifier: MIT OR Apache-2.0
// What a hub does not put up with, and what it forgets.
#include "hub_stage.hpp"

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::memory_client;
using namespace mtp::test;

TEST_CASE("garbage closes the connection", "[testing][hub]") {
  for (auto const* text :
       {"GET / HTTP/1.1\r\n\r\n                  ", "\xef\x01\x01\x02\x03\x04",
        "\xef\x04\x01\x02\x03\x04\x05\x06\x07\x08\x01\x02\x03\x04\x05\x06\x07\x08"}) {
    stage s;
    auto const now = current_moment();
    auto const id = s.core.open(2, now);
    s.core.receive(id, as_bytes(text), now);
    CHECK(s.core.is_closing(id));
  }
}

TEST_CASE("a damaged packet closes the connection and nothing of it is used", "[testing][hub]") {
  stage s;
  memory_client client(s.core, server_key().public_key());
  REQUIRE(client.shake_hands());
  client.session().submit(word(7));
  auto packet = client.next_packet();
  packet[40] ^= 1;
  client.send_packet(packet);
  CHECK(client.closed);
  CHECK(s.api.calls == 0);
}

TEST_CASE("keys that nobody uses are forgotten", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  auto const pass = [&](std::chrono::seconds span) {
    for (; span > 0s; span -= 60s) one.now = one.now.after(60s), s.core.tick(one.now);
  };
  SECTION("while nobody is signed in by them") {
    pass(59min);
    CHECK(s.keys.size() == 1);
    pass(3min);
    CHECK(s.keys.size() == 0);
  }
  SECTION("not while somebody is") {
    s.keys.find(2, one.key().id(), 0)->user = 42;
    pass(100h);
    CHECK(s.keys.size() == 1);
  }
  SECTION("not while temporary ones bound to them are used") {
    s.api.account = 0;
    memory_client two(s.core, server_key().public_key());
    REQUIRE(two.shake_hands(24h));
    s.keys.bind(*s.keys.find(2, two.key().id(), 0), *s.keys.find(2, one.key().id(), 0));
    pass(50min);
    two.now = one.now;
    two.disconnect();
    two.connect();
    two.ask(word(1));
    pass(50min);
    CHECK(s.keys.size() == 2);
  }
  SECTION("temporary ones that were bound to none, whatever end was asked for") {
    memory_client two(s.core, server_key().public_key());
    REQUIRE(two.shake_hands(std::chrono::seconds(INT32_MAX)));
    pass(62min);
    CHECK(s.keys.size() == 0);
  }
  SECTION("temporary ones when they expire") {
    REQUIRE(one.shake_hands(2h));
    s.keys.find(2, one.key().id(), 0)->bound_to = 1;
    pass(119min);
    CHECK(s.keys.size() == 1);
    pass(2min);
    CHECK(s.keys.size() == 0);
  }
}

TEST_CASE("what nobody fetches is not kept without end", "[testing][hub]") {
  stage s;
  s.core.options().max_lost_session = 10;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.ask(word(1));
  one.disconnect();
  for (int i = 0; i < 20; ++i) s.api.events.push_back({.account = 42});
  s.core.deliver_events(one.now);
  CHECK(s.core.sessions() == 0);
}

TEST_CASE("a session that nobody uses is forgotten, a silent connection closed", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.ask(word(1));
  CHECK(s.core.sessions() == 1);
  one.now = one.now.after(16min);
  s.core.tick(one.now);
  one.run();
  CHECK(one.closed);
  one.now = one.now.after(16min);
  s.core.tick(one.now);
  CHECK(s.core.sessions() == 0);
  CHECK(s.core.connections() == 0);
}

TEST_CASE("a stranger who proves nothing is sent away", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  one.wait(59s);
  CHECK_FALSE(one.closed);
  one.wait(2s);
  CHECK(one.closed);
}

TEST_CASE("short garbage is not waited on for long", "[testing][hub]") {
  for (std::string_view const text : {"G", "\xef\x7f", "\xee\xee\xee\xee\x10"}) {
    stage s;
    memory_client one(s.core, server_key().public_key());
    one.send_raw(as_bytes(text));
    one.wait(59s);
    CHECK_FALSE(one.closed);
    one.wait(2s);
    CHECK(one.closed);
  }
}

TEST_CASE("a slow client may take its time over two keys", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  one.pondering = 8s;
  auto const began = one.now;
  REQUIRE(one.shake_hands());
  REQUIRE(one.shake_hands(3600s));
  CHECK(one.now.steady - began.steady > 30s);
  one.wait(8s);
  one.ask(word(7));
  CHECK(one.all<mtproto::session_events::answer>().size() == 1);
  CHECK_FALSE(one.closed);
}

TEST_CASE("the log tells why a connection was closed", "[testing][hub]") {
  std::vector<std::string> lines;
  auto const log = [&](log_level level, std::string_view line) {
    if (level >= log_level::info) lines.emplace_back(line);
  };
  stage s;
  hub core{server_key(), s.keys, s.api, system_random(), {}, log};
  memory_client one(core, server_key().public_key());
  one.wait(61s);
  CHECK(lines == std::vector<std::string>{"connection 1 is closed: no key was proven in time"});
}

TEST_CASE("whoever reads all answers may have any number of them", "[testing][hub]") {
  stage s;
  s.core.options().max_queued = 1 << 20;
  s.api.padding = 256 << 10;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  int asked = 0;
  auto const submit = [&] { one.session().submit(word(1)), ++asked; };
  one.on_event = [&](mtproto::session_event const& e) {
    if (std::holds_alternative<mtproto::session_events::answer>(e) && asked < 100) submit();
  };
  for (int i = 0; i < 6; ++i) submit();  // so many always wait
  one.run();
  CHECK(one.all<mtproto::session_events::answer>().size() == 100);
  CHECK(one.all<mtproto::session_events::refusal>().empty());
}

TEST_CASE("a stranger does not stay by asking again and again", "[testing][hub]") {
  stage s;
  s.core.options().max_queued = 10'000;
  bytes question(20);
  store_le(question.data(), 0xbe7e8ef1U);  // req_pq_multi
  auto const packet =
      mtproto::write_plain_message((std::int64_t{1'800'000'000} << 32) + 4, question);
  auto framing =
      transport::make_framing(transport::kind::abridged, transport::role::client, system_random());
  moment now{steady_time(1h), std::chrono::system_clock::time_point(1'800'000'000s)};
  auto const id = s.core.open(2, now);
  auto const ask = [&] {
    bytes out;
    framing->encode(packet, out);
    s.core.receive(id, out, now);
  };
  int asked = 0;
  SECTION("and reading what comes") {
    for (; asked < 1000 && !s.core.is_closing(id); ++asked) {
      ask();
      CHECK(!s.core.take_output(id, now).empty());
      now = now.after(9s);
      s.core.tick(now);
    }
    CHECK(asked > 10);
    CHECK(asked < 40);
  }
  SECTION("without reading") {
    for (; asked < 1000 && !s.core.is_flooded(id); ++asked) ask();
    CHECK(asked < 200);
    CHECK(!s.core.take_output(id, now).empty());
    CHECK_FALSE(s.core.is_flooded(id));
  }
}

TEST_CASE("who breaks its promise to ping is closed once, whatever is pushed to it",
          "[testing][hub]") {
  int closed = 0;
  auto const log = [&](log_level, std::string_view line) {
    if (line.find("ping_delay_disconnect") != line.npos) ++closed;
  };
  stage s;
  hub core{server_key(), s.keys, s.api, system_random(), {}, log};
  memory_client one(core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.ask(word(1));
  one.ask(ping_delay_disconnect());
  auto now = one.now.after(3s);
  core.tick(now);
  for (int i = 0; i < 3; ++i) {  // the client reads nothing meanwhile
    s.api.events.push_back({.account = 42, .pts = 2 + i, .pts_count = 1});
    core.deliver_events(now);
    CHECK(core.next_deadline() > now.steady + 100ms);  // nothing is to be done but the sweep
    now = now.after(10ms);
    core.tick(now);
  }
  CHECK(closed == 1);
}

TEST_CASE("several reasons to close a connection are one", "[testing][hub]") {
  std::vector<std::string> lines;
  auto const log = [&](log_level, std::string_view line) {
    if (line.find("is closed") != line.npos) lines.emplace_back(line);
  };
  stage s;
  s.api.disconnect = true;
  hub core{server_key(), s.keys, s.api, system_random(), {}, log};
  memory_client one(core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.session().submit(word(7));
  one.session().submit(word(8));
  one.run();
  CHECK(s.api.calls == 2);
  CHECK(lines == std::vector<std::string>{"connection 1 is closed: a test asked for it"});
}

TEST_CASE("a connection that is closed and stays is over after a while", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  connection_id const id = 1;
  s.core.close_all();
  auto now = one.now.after(1s);
  s.core.tick(now);
  s.core.take_ready();
  now = now.after(2s);
  s.core.tick(now);
  CHECK_FALSE(s.core.is_over(id));
  now = now.after(1s);
  s.core.tick(now);
  CHECK(s.core.is_over(id));
  CHECK(s.core.take_ready() == std::vector<connection_id>{id});
}

TEST_CASE("a stranger does not stay by sending drops", "[testing][hub]") {
  stage s;
  memory_client client(s.core, server_key().public_key());
  client.send_raw(bytes{0xef, 0x7e});  // announces 504 bytes
  int seconds = 0;
  for (; seconds < 600 && !client.closed; ++seconds) {
    client.send_raw(bytes{0});
    client.wait(1s);
  }
  CHECK(seconds >= 60);
  CHECK(seconds < 65);
}

TEST_CASE("a stranger's packet may not be as large as a client's", "[testing][hub]") {
  stage s;
  memory_client client(s.core, server_key().public_key());
  bool const known = GENERATE(false, true);
  if (known) {
    REQUIRE(client.shake_hands());
    client.ask(word(1));
  } else {
    client.send_raw(bytes{0xef});
  }
  client.send_raw(bytes{0x7f, 0xff, 0xff, 0x2f});  // announces 12 MiB
  for (int parts = 0; parts < 50 && !client.closed; ++parts) client.send_raw(bytes(64 * 1024));
  CHECK(client.closed != known);
}

TEST_CASE("sessions of a key are bounded", "[testing][hub]") {
  stage s;
  s.core.options().max_sessions_per_key = 3;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  for (int i = 0; i < 10; ++i) {
    mtproto::message_header const header{
        .salt = 0, .session = i, .id = (1'800'000'000LL << 32) + 4 * (i + 1), .sequence = 1};
    one.send_packet(mtproto::seal_message(one.key(), crypto::direction::to_server, header, word(1),
                                          system_random()));
  }
  CHECK(s.core.sessions() == 3);
}
