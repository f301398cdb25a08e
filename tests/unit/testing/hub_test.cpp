// SPDX-License-Identifier: MIT OR Apache-2.0
// Keys, calls, answers and pushes of a hub.
#include "hub_stage.hpp"

using namespace mtp;
using namespace mtp::testing;
using namespace std::chrono_literals;
using test::memory_client;
using namespace mtp::test;

TEST_CASE("a client makes a key and is answered, over every transport", "[testing][hub]") {
  for (auto const kind : {transport::kind::abridged, transport::kind::intermediate,
                          transport::kind::padded_intermediate, transport::kind::full}) {
    stage s;
    memory_client client(s.core, server_key().public_key(), 2, kind);
    REQUIRE(client.shake_hands());
    client.ask(word(7));
    auto const answers = client.all<mtproto::session_events::answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].body == word(7));
    CHECK(client.all<mtproto::session_events::session_created>().size() == 1);
  }
}

TEST_CASE("who has nothing more to write is not named again", "[testing][hub]") {
  stage s;
  memory_client idle(s.core, server_key().public_key());
  memory_client busy(s.core, server_key().public_key());
  REQUIRE(idle.shake_hands());
  REQUIRE(busy.shake_hands());
  idle.ask(word(6));
  busy.ask(word(7));
  CHECK(s.core.take_ready().empty());
}

TEST_CASE("a refusal arrives with code and text", "[testing][hub]") {
  stage s;
  memory_client client(s.core, server_key().public_key());
  REQUIRE(client.shake_hands());
  client.ask(word(0xffffffff));
  auto const refusals = client.all<mtproto::session_events::refusal>();
  REQUIRE(refusals.size() == 1);
  CHECK(refusals[0].code == 400);
  CHECK(refusals[0].text == "NO");
}

TEST_CASE("a connection can be closed when its key is made", "[testing][hub]") {
  stage s;
  s.core.close_after_exchange(1);
  memory_client first(s.core, server_key().public_key());
  CHECK(first.shake_hands());
  CHECK(first.closed);
  memory_client second(s.core, server_key().public_key());
  CHECK(second.shake_hands());
  CHECK_FALSE(second.closed);
}

TEST_CASE("an unknown key gets error 404 and the connection ends", "[testing][hub]") {
  stage s;
  memory_client client(s.core, server_key().public_key());
  REQUIRE(client.shake_hands());
  s.keys.drop_all();
  client.ask(word(7));
  CHECK(client.errors == std::vector<std::int32_t>{-404});
  CHECK(client.closed);
}

TEST_CASE("a key of one data centre is unknown at another", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key(), 1);
  REQUIRE(one.shake_hands());
  CHECK(s.keys.find(1, one.key().id(), 0) != nullptr);
  CHECK(s.keys.find(2, one.key().id(), 0) == nullptr);
}

TEST_CASE("a lost connection costs no answer", "[testing][hub]") {
  stage s;
  s.api.disconnect = true;
  memory_client client(s.core, server_key().public_key());
  REQUIRE(client.shake_hands());
  client.ask(word(7));
  CHECK(client.closed);
  s.api.disconnect = false;
  client.connect();
  client.run();
  client.wait(60s);
  CHECK(client.all<mtproto::session_events::answer>().size() + client.session().pending() == 1);
}

TEST_CASE("updates go to the other sessions of the account", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  memory_client two(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  REQUIRE(two.shake_hands());
  two.ask(word(1));
  s.api.events.push_back({.account = 42, .pts = 2, .pts_count = 1});
  one.ask(word(1));
  two.run();
  CHECK(one.all<mtproto::session_events::pushed_object>().empty());
  REQUIRE(two.all<mtproto::session_events::pushed_object>().size() == 1);
  CHECK(two.all<mtproto::session_events::pushed_object>()[0].body == word(0x09090909));
}

TEST_CASE("a push that cannot be worded is left out, the next one is not", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.ask(word(1));
  s.api.events.push_back({.account = 42, .pts = echoing::unspeakable});
  s.api.events.push_back({.account = 42, .pts = 2});
  s.core.deliver_events(one.now);
  one.run();
  CHECK(one.all<mtproto::session_events::pushed_object>().size() == 1);
}

TEST_CASE("no updates for who opted out or signed out", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  s.api.subscribe = false;
  one.ask(word(1));
  s.api.events.push_back({.account = 42});
  s.core.deliver_events(one.now);
  one.run();
  CHECK(one.all<mtproto::session_events::pushed_object>().empty());
  s.api.subscribe = true;
  one.ask(word(2));
  s.keys.find(2, one.key().id(), 0)->user = 0;
  s.api.events.push_back({.account = 42});
  s.core.deliver_events(one.now);
  one.run();
  CHECK(one.all<mtproto::session_events::pushed_object>().empty());
}

TEST_CASE("an update waits for a session that lost its connection", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.ask(word(1));
  one.disconnect();
  s.api.events.push_back({.account = 42});
  s.core.deliver_events(one.now);
  one.connect();
  one.ask(word(2));
  CHECK(one.all<mtproto::session_events::pushed_object>().size() == 1);
}

TEST_CASE("a push that a client would find too old is not sent: its session is a new one",
          "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.ask(word(1));
  bool const in_time = GENERATE(true, false);
  one.wait(200s);  // connected, which does not count
  one.disconnect();
  s.api.events.push_back({.account = 42});
  s.core.deliver_events(one.now);
  one.wait(in_time ? 230s : 250s);
  one.connect();
  one.ask(word(2));
  CHECK(one.all<mtproto::session_events::pushed_object>().size() == (in_time ? 1 : 0));
  CHECK(one.all<mtproto::session_events::session_created>().size() == (in_time ? 1 : 2));
}

TEST_CASE("an answer comes late when a test wants it so", "[testing][hub]") {
  stage s;
  s.api.delay = 5s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands());
  one.ask(word(3));
  CHECK(one.all<mtproto::session_events::answer>().empty());
  one.wait(4s);
  CHECK(one.all<mtproto::session_events::answer>().empty());
  one.wait(1s);
  CHECK(one.all<mtproto::session_events::answer>().size() == 1);
}

TEST_CASE("a temporary key is told apart and expires", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key());
  REQUIRE(one.shake_hands(3600s));
  auto const* key = s.keys.find(2, one.key().id(), 1'800'000'000);
  REQUIRE(key);
  CHECK(key->temporary);
  CHECK(key->expires_at >= 1'800'003'600);
  CHECK(s.keys.find(2, one.key().id(), key->expires_at) == nullptr);
}

TEST_CASE("a quick acknowledgement is given where it is asked for", "[testing][hub]") {
  stage s;
  memory_client one(s.core, server_key().public_key(), 2, transport::kind::intermediate);
  REQUIRE(one.shake_hands());
  one.session().submit(word(7));
  auto const packet = one.next_packet();
  one.send_packet(packet, true);
  CHECK(one.quick_acks.size() == 1);
}
