// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/salts.hpp>

#include "handmade.hpp"
#include "session_world.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <mtp/mtproto/server_salts.hpp>

#include <algorithm>

using namespace mtp;
using namespace mtp::mtproto;
using namespace std::chrono_literals;

TEST_CASE("nobody knows a salt at first", "[mtproto][salts]") {
  salt_list salts;
  CHECK(salts.at(1000) == 0);
  CHECK(salts.known_until() == 0);
}

TEST_CASE("salts follow one another", "[mtproto][salts]") {
  salt_list salts({{2, 2000, 4000}, {1, 1000, 3000}, {3, 3000, 5000}});
  CHECK(salts.at(500) == 1);
  CHECK(salts.at(1999) == 1);
  CHECK(salts.at(2000) == 2);
  CHECK(salts.at(9000) == 3);
  CHECK(salts.known_until() == 5000);
}

TEST_CASE("a salt that was announced keeps those after it", "[mtproto][salts]") {
  salt_list salts({{1, 1000, 3000}, {2, 2000, 4000}, {3, 3000, 5000}});
  salts.set_current(2, 1500);
  CHECK(salts.at(1500) == 2);
  CHECK(salts.at(3000) == 3);
  CHECK(salts.known_until() == 5000);
}

TEST_CASE("a salt that nobody announced makes the rest void", "[mtproto][salts]") {
  salt_list salts({{1, 1000, 3000}, {2, 2000, 4000}});
  salts.set_current(9, 1500);
  CHECK(salts.at(1500) == 9);
  CHECK(salts.at(2500) == 9);
  CHECK(salts.known_until() == 0);
  CHECK(salts.all().size() == 1);
}

TEST_CASE("salts that are over or absurd are not taken", "[mtproto][salts]") {
  salt_list salts;
  salts.add({{1, 100, 200}, {2, 900, 1100}, {3, 5000, 4000}, {4, 1050, 1250}}, 1000);
  CHECK(salts.all() == std::vector<server_salt>{{2, 900, 1100}, {4, 1050, 1250}});
  salts.add({{4, 1050, 1300}}, 1060);
  CHECK(salts.all() == std::vector<server_salt>{{4, 1050, 1300}});
  std::vector<server_salt> flood;
  for (int i = 0; i < 5000; ++i) flood.push_back({100 + i, 2000 + i, 9000 + i});
  salts.add(flood, 1060);
  CHECK(salts.all().size() == salt_list::max_known);
}

TEST_CASE("of a list of salts that is too long the rest is not looked at", "[mtproto][salts]") {
  salt_list salts;
  std::vector<server_salt> flood;
  for (int i = 0; i < 128; ++i) flood.push_back({100 + i, 2000 + i, 9000});
  flood.push_back({7, 1000, 9000});
  salts.add(flood, 1060);
  CHECK(salts.at(1060) == 100);
  CHECK(salts.all().size() == 128);
}

TEST_CASE("a server takes the salt of now and the one before", "[mtproto][salts]") {
  test::seeded_random random(1);
  server_salts salts(random, 1800s);
  auto const first = salts.current(10000);
  CHECK(salts.accepts(first, 10000));
  CHECK(salts.current(11799) == first);
  auto const second = salts.current(11800);
  CHECK(second != first);
  CHECK(salts.accepts(first, 11800));
  CHECK(salts.accepts(second, 11800));
  CHECK_FALSE(salts.accepts(first, 13600));
  CHECK_FALSE(salts.accepts(0, 10000));
}

TEST_CASE("announced salts come true", "[mtproto][salts]") {
  test::seeded_random random(1);
  server_salts salts(random, 1800s);
  auto const announced = salts.future(64, 10000);
  REQUIRE(announced.size() == 64);
  CHECK(announced[0].salt == salts.current(10000));
  for (auto const& one : announced) {
    CHECK(salts.current(one.valid_since) == one.salt);
    CHECK(salts.accepts(one.salt, one.valid_until - 1));
    CHECK_FALSE(salts.accepts(one.salt, one.valid_until));
  }
  CHECK(salts.future(1000, announced[60].valid_since).size() == 64);
  CHECK(salts.future(-5, announced[60].valid_since).size() == 1);
}

TEST_CASE("a salt of a key exchange is taken for as long as another", "[mtproto][salts]") {
  test::seeded_random random(1);
  server_salts salts(random, 1800s);
  salts.adopt(42, 10000);
  CHECK(salts.accepts(42, 10000));
  CHECK(salts.accepts(42, 13599));
  CHECK_FALSE(salts.accepts(42, 13600));
}

TEST_CASE("a rotation makes everything before it wrong", "[mtproto][salts]") {
  test::seeded_random random(1);
  server_salts salts(random, 1800s);
  salts.adopt(42, 10000);
  auto const announced = salts.future(5, 10000);
  salts.rotate(10100);
  CHECK_FALSE(salts.accepts(42, 10100));
  for (auto const& one : announced) CHECK_FALSE(salts.accepts(one.salt, 10100));
  CHECK(salts.accepts(salts.current(10100), 10100));
}

TEST_CASE("a server's clock may jump", "[mtproto][salts]") {
  test::seeded_random random(1);
  server_salts salts(random, 1800s);
  salts.current(10000);
  CHECK(salts.accepts(salts.current(5000), 5000));
  CHECK(salts.accepts(salts.current(2'000'000'000), 2'000'000'000));
  CHECK(salts.future(64, 2'000'000'000).size() == 64);
}

namespace {

/// How often the session asks for salts when it is let write.
int questions_for_salts(client_session& session, crypto::auth_key const& key, moment now) {
  bytes asked(4);
  store_le(asked.data(), test::handmade::id::get_future_salts);
  int out = 0;
  while (auto packet = session.next_packet(now)) {
    bytes const data(packet->view().begin(), packet->view().end());
    auto const opened = open_message(key, crypto::direction::to_server, data);
    REQUIRE(opened);
    out += !std::ranges::search(opened->body, asked).empty();
  }
  return out;
}

}  // namespace

TEST_CASE("sessions under one key ask for its salts once", "[mtproto][salts]") {
  test::seeded_random random(1);
  auto const context = test::context_of();
  moment now{steady_time(1000s), std::chrono::system_clock::time_point(1'700'000'000s)};
  client_session one(context, random);
  client_session two(context, random);
  one.on_connected(now);
  two.on_connected(now);
  CHECK(questions_for_salts(one, context->key, now) == 1);
  CHECK(questions_for_salts(two, context->key, now) == 0);
  // Nobody answers: the other asks when it is time to ask again.
  now = now.after(61s);
  CHECK(questions_for_salts(two, context->key, now) == 1);
  CHECK(questions_for_salts(one, context->key, now) == 0);
  // A session whose question was lost with its connection asks again at once, the other does not.
  one.on_disconnected();
  two.on_disconnected();
  one.on_connected(now);
  two.on_connected(now);
  CHECK(questions_for_salts(one, context->key, now) + questions_for_salts(two, context->key, now) ==
        1);
}

TEST_CASE("salts are asked without end more rarely when that does not help", "[mtproto][salts]") {
  salt_schedule next;
  steady_time now{1000s};
  CHECK(next.due() <= now);
  for (auto const pause : {60s, 120s, 240s, 480s, 960s, 1920s, 3600s, 3600s}) {
    next.on_asked(now);
    CHECK(next.due() == now + pause);
    now = next.due();
    next.on_answered(false);
  }
  next.on_answered(true);
  next.on_asked(now);
  CHECK(next.due() == now + 60s);
  next.bring_forward(now + 5s);
  CHECK(next.due() == now + 5s);
  next.bring_forward(now + 9s);
  CHECK(next.due() == now + 5s);
}
