// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a client says of its life, over a server that does to it what servers do.
#include "stage.hpp"

#include <mtp/core/error.hpp>
#include <support/catch.hpp>

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;
using status = mtp::client_status;

namespace {

using steps = std::vector<status_change>;

/// One life of a client with a stream of updates, and what it said of itself.
steps live_and_watch(sim_stage& s, sim_stage::program body) {
  steps out;
  auto const watch = [&](client& who) -> task<> {
    auto changes = who.status_changes();
    while (auto step = co_await changes.next()) out.push_back(*step);
  };
  auto const part = [&](client& who) -> task<> {
    std::string const token(sim_stage::token);
    co_await who.sign_in_bot(token);
    auto const updates = who.updates();
    co_await s.sim.sleep(1s);
    co_await body(who);
    who.close();
  };
  auto const whole = [&]() -> task<> {
    client who(s.sim.get_executor(), s.config());
    auto const start = [&](task_scope& scope) {
      scope.spawn(watch(who));
      scope.spawn(who.run());
      scope.spawn(part(who));
    };
    co_await task_scope::run(s.sim.get_executor(), start);
  };
  s.sim.run(whole());
  return out;
}

/// The statuses from place `from` on, each once in a row.
std::vector<status> statuses(steps const& all, std::size_t from = 0) {
  std::vector<status> out;
  for (std::size_t i = from; i < all.size(); ++i) {
    if (out.empty() || out.back() != all[i].status) out.push_back(all[i].status);
  }
  return out;
}

task<> nothing(client&) { co_return; }

}  // namespace

TEST_CASE("a client connects, signs in, catches up, is ready and ends", "[status]") {
  sim_stage s;
  auto const first = live_and_watch(s, nothing);
  // Ready without a stream of updates, and again once one is open and caught up.
  CHECK(statuses(first) == std::vector{status::connecting, status::signed_out, status::ready,
                                       status::updating, status::ready, status::offline});
  // Signed in already: the second life is never signed out.
  auto const second = live_and_watch(s, nothing);
  CHECK(statuses(second) == std::vector{status::connecting, status::ready, status::updating,
                                        status::ready, status::offline});
  CHECK(second.back().why == client_errc::closed);
}

TEST_CASE("a connection that breaks is told with its reason, and so is the next", "[status]") {
  sim_stage s;
  auto const all = live_and_watch(s, [&](client& who) -> task<> {
    CHECK(who.status() == status::ready);
    s.centre.drop_connections();
    co_await s.sim.sleep(10s);
    CHECK(who.status() == status::ready);
  });
  auto const broke = std::ranges::find_if(
      all, [](auto const& one) { return one.status == status::offline && one.why; });
  REQUIRE(broke != all.end());
  auto const before = static_cast<std::size_t>(broke - all.begin());
  auto const after = statuses(all, before);
  CHECK(after.front() == status::offline);
  CHECK(after.at(1) == status::connecting);
  CHECK(std::ranges::count(after, status::ready) == 1);
}

TEST_CASE("a server that wants fewer connections suspends the client", "[status]") {
  sim_stage s;
  auto const all = live_and_watch(s, [&](client& who) -> task<> {
    s.centre.inject_error(-429);
    co_await s.sim.sleep(10min);
    CHECK(who.status() == status::ready);
  });
  auto const suspended = std::ranges::find(all, status::suspended, &status_change::status);
  REQUIRE(suspended != all.end());
  CHECK(suspended->why == protocol_errc::transport_flood);
  CHECK(!suspended->key_suspect);
}

TEST_CASE("doubt about the key is told, and that it is settled", "[status]") {
  sim_stage s;
  auto const all = live_and_watch(s, [&](client& who) -> task<> {
    s.centre.deny_keys({}, 1);
    s.centre.drop_connections();
    co_await s.sim.sleep(10min);
    CHECK(who.status() == status::ready);
  });
  auto const doubted = std::ranges::find(all, true, &status_change::key_suspect);
  REQUIRE(doubted != all.end());
  bool const suspended =
      std::ranges::any_of(all, [](auto const& one) { return one.status == status::suspended; });
  CHECK(suspended);
  CHECK(!all.back().key_suspect);
  auto const ready = std::ranges::find(doubted, all.end(), status::ready, &status_change::status);
  CHECK(ready != all.end());
}

TEST_CASE("a key that somebody else uses is told, and the bot signs in with another", "[status]") {
  sim_stage s;
  auto const all = live_and_watch(s, [&](client& who) -> task<> {
    CHECK(s.centre.duplicate_keys() == 1);
    auto const me = co_await who.get_me();
    CHECK(me.is_bot());
    co_await s.sim.sleep(10s);
    CHECK(who.status() == status::ready);
  });
  auto const told = std::ranges::find(all, client_errc::key_duplicated, &status_change::why);
  REQUIRE(told != all.end());
  CHECK(told->status == status::signed_out);
  CHECK(std::ranges::find(told, all.end(), status::ready, &status_change::status) != all.end());
}
