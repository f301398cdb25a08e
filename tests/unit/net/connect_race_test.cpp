// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/connect_race.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using net::connect_race;
using action = connect_race::action;
using start = connect_race::start;
using drop = connect_race::drop;
using wait_until = connect_race::wait;
using won = connect_race::won;
using lost = connect_race::lost;

namespace {

steady_time const t0{};

connect_race race_of(std::size_t addresses) {
  connect_race out({.stagger = 250ms, .attempt_timeout = 10s});
  out.add(addresses);
  return out;
}

}  // namespace

TEST_CASE("a race starts one attempt at a time, a stagger apart", "[net][race]") {
  auto race = race_of(3);
  CHECK((race.next(t0) == action{start{0}}));
  CHECK((race.next(t0) == action{wait_until{t0 + 250ms}}));
  CHECK((race.next(t0 + 249ms) == action{wait_until{t0 + 250ms}}));
  CHECK((race.next(t0 + 250ms) == action{start{1}}));
  CHECK((race.next(t0 + 250ms) == action{wait_until{t0 + 500ms}}));
  CHECK((race.next(t0 + 500ms) == action{start{2}}));
  CHECK((race.next(t0 + 500ms) == action{wait_until{t0 + 10s}}));
}

TEST_CASE("a failed attempt starts the next at once", "[net][race]") {
  auto race = race_of(2);
  race.next(t0);
  race.on_failed(0, t0 + 10ms);
  CHECK((race.next(t0 + 10ms) == action{start{1}}));
  race.on_failed(1, t0 + 20ms);
  CHECK((race.next(t0 + 20ms) == action{lost{}}));
  CHECK(!race.was_silent());
}

TEST_CASE("the first that is established wins and the others are dropped", "[net][race]") {
  auto race = race_of(3);
  race.next(t0);
  race.next(t0 + 250ms);
  race.next(t0 + 500ms);
  race.on_established(1);
  CHECK((race.next(t0 + 600ms) == action{drop{0}}));
  CHECK((race.next(t0 + 600ms) == action{drop{2}}));
  CHECK((race.next(t0 + 600ms) == action{won{1}}));
  CHECK((race.next(t0 + 600ms) == action{won{1}}));
}

TEST_CASE("a silent address costs the next one a stagger", "[net][race]") {
  auto race = race_of(2);
  race.next(t0);
  CHECK((race.next(t0 + 250ms) == action{start{1}}));
  race.on_established(1);
  CHECK((race.next(t0 + 300ms) == action{drop{0}}));
  CHECK((race.next(t0 + 300ms) == action{won{1}}));
}

TEST_CASE("an attempt whose peer says nothing is given up in time", "[net][race]") {
  auto race = race_of(1);
  race.next(t0);
  CHECK((race.next(t0) == action{wait_until{t0 + 10s}}));
  CHECK((race.next(t0 + 10s) == action{drop{0}}));
  CHECK((race.next(t0 + 10s) == action{lost{}}));
  CHECK(race.was_silent());
}

TEST_CASE("events of attempts that are over have no effect", "[net][race]") {
  auto race = race_of(2);
  race.on_established(0);  // it has not begun
  race.on_failed(1, t0);
  race.on_established(7);  // there is no such address
  race.on_failed(7, t0);
  CHECK((race.next(t0) == action{start{0}}));
  race.on_failed(0, t0);
  race.on_failed(0, t0);
  race.on_established(0);  // late
  CHECK((race.next(t0) == action{start{1}}));
  race.on_established(1);
  race.on_established(1);
  race.on_failed(1, t0);  // the winner broke: that is no longer the race's business
  CHECK((race.next(t0) == action{won{1}}));
}

TEST_CASE("a failure does not hasten more than one attempt", "[net][race]") {
  auto race = race_of(4);
  race.next(t0);
  race.next(t0 + 250ms);
  race.on_failed(0, t0 + 260ms);
  CHECK((race.next(t0 + 260ms) == action{start{2}}));
  CHECK((race.next(t0 + 260ms) == action{wait_until{t0 + 510ms}}));
}

TEST_CASE("addresses of a name that is looked up join the race", "[net][race]") {
  connect_race race({.stagger = 250ms, .attempt_timeout = 10s});
  race.expect_more(true);
  CHECK((race.next(t0) == action{wait_until{}}));
  race.add(2);
  race.expect_more(false);
  CHECK((race.next(t0 + 1s) == action{start{0}}));
  race.on_failed(0, t0 + 1s);
  CHECK((race.next(t0 + 1s) == action{start{1}}));
  race.on_failed(1, t0 + 1s);
  CHECK((race.next(t0 + 1s) == action{lost{}}));
}

TEST_CASE("a race without addresses is lost", "[net][race]") {
  connect_race race({});
  CHECK((race.next(t0) == action{lost{}}));
}

TEST_CASE("a network that came back lets the next attempt begin", "[net][race]") {
  auto race = race_of(2);
  race.next(t0);
  race.on_network_restored(t0 + 10ms);
  CHECK((race.next(t0 + 10ms) == action{start{1}}));
}

TEST_CASE("whichever of four attempts answers wins, whatever the others do", "[net][race]") {
  auto const winner = GENERATE(0u, 1u, 2u, 3u);
  auto const others_fail = GENERATE(false, true);
  auto race = race_of(4);
  steady_time now = t0;
  bool over = false;
  int drops = 0;
  for (int steps = 0; !over && steps < 100; ++steps) {
    auto const what = race.next(now);
    if (auto* begun = std::get_if<start>(&what)) {
      if (begun->which == winner)
        race.on_established(winner);
      else if (others_fail)
        race.on_failed(begun->which, now);
    } else if (auto* later = std::get_if<wait_until>(&what)) {
      REQUIRE(later->until);
      REQUIRE(*later->until > now);
      now = *later->until;
    } else if (std::holds_alternative<drop>(what)) {
      ++drops;
    } else {
      REQUIRE((what == action{won{winner}}));
      over = true;
    }
  }
  CHECK(over);
  CHECK(now - t0 == (others_fail ? 0ms : winner * 250ms));
  CHECK(drops == (others_fail ? 0 : static_cast<int>(winner)));
}

TEST_CASE("addresses in reserve give the others eight staggers", "[net][race]") {
  auto race = race_of(2);
  race.add(1, true);
  CHECK((race.next(t0) == action{start{0}}));
  CHECK((race.next(t0 + 250ms) == action{start{1}}));
  CHECK((race.next(t0 + 250ms) == action{wait_until{t0 + 2250ms}}));
  CHECK((race.next(t0 + 2250ms) == action{start{2}}));
}

TEST_CASE("addresses in reserve begin at once when the others have failed", "[net][race]") {
  connect_race race({.stagger = 250ms, .attempt_timeout = 10s});
  race.add(1, true);
  race.add(1);
  CHECK((race.next(t0) == action{start{1}}));
  race.on_failed(1, t0 + 10ms);
  CHECK((race.next(t0 + 10ms) == action{start{0}}));
}

TEST_CASE("addresses in reserve wait for a name that is looked up, and not for long",
          "[net][race]") {
  connect_race race({.stagger = 250ms, .attempt_timeout = 10s});
  race.add(1, true);
  race.expect_more(true);
  CHECK((race.next(t0) == action{wait_until{t0 + 2s}}));
  SECTION("the name is found") {
    race.add(1);
    race.expect_more(false);
    CHECK((race.next(t0 + 1s) == action{start{1}}));
  }
  SECTION("there is no such name") {
    race.expect_more(false);
    CHECK((race.next(t0 + 1s) == action{start{0}}));
  }
  SECTION("nobody answers") { CHECK((race.next(t0 + 2s) == action{start{0}})); }
}
