// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Several consumers of one account: one is slow, or their program is killed at each step of its
// store in turn.
#include "killed_bot.hpp"

#include <mtp/core/environment.hpp>

#include <algorithm>
#include <map>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::check_in_order;
using mtp::test::killed_bot;
using mtp::test::number_of;
using mtp::test::sim_stage;
using mtp::testing::crashing_files;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

// --- A slow one beside a fast one

/// A bot with consumers, of which one may take its time, and when the other one got what.
struct paced_bot {
  sim_stage home;
  std::map<int, steady_time> written;
  std::vector<duration> fast;  ///< how long each update took to the fast one
  std::vector<int> slow;       ///< what the slow one got
  static constexpr int count = 60;

  steady_time now() const { return home.sim.now().steady; }

  task<> write() {
    for (int i = 1; i <= count; ++i) {
      written[i] = now();
      home.centre.say(killed_bot::writer, testing::peer::user(sim_stage::bot), std::to_string(i));
      co_await home.sim.sleep(100ms);
    }
  }
  task<> read_fast(client& who) {
    auto updates = who.updates({.name = "fast"});
    while (fast.size() < count) {
      auto const one = co_await updates.next();
      fast.push_back(now() - written[number_of(*one)]);
    }
  }
  task<> read_slow(client& who) {
    auto updates = who.updates({.name = "slow", .max_queue_bytes = 500});
    while (slow.size() < count) {
      auto const one = co_await updates.next();
      slow.push_back(number_of(*one));
      co_await home.sim.sleep(3s);
    }
  }
  void live(bool with_slow) {
    home.sim.network().to_server.delay = home.sim.network().to_client.delay = 50ms;
    home.live([this, with_slow](client& who) -> task<> {
      auto const strand = home.sim.get_executor();
      auto const start = [&](task_scope& scope) {
        if (with_slow) scope.spawn(read_slow(who));
        scope.spawn(read_fast(who));
        scope.spawn(write());
      };
      co_await task_scope::run(strand, start);
    });
  }
};

// --- Kills

constexpr int messages = 8;
constexpr int poison = 4;  // for the consumer "poisoned"

/// A bot with two consumers, and what each of them got over all lives.
struct mortal_bot final : killed_bot {
  struct record {
    std::vector<int> handled = {};
    std::map<int, std::string> keys = {};
    int wrong_keys = 0;
    void note(update const& one) {
      int const number = number_of(one);
      handled.push_back(number);
      wrong_keys += keys.emplace(number, one.key()).first->second != one.key();
    }
    bool has(int number) const { return std::ranges::find(handled, number) != handled.end(); }
  };

  record all;
  record poisoned;  ///< with memory for one update, which kills it at `poison`

  bool is_done() const override { return all.has(messages) && poisoned.has(messages); }

  task<> read_all(client& who) {
    auto updates = who.updates({.name = "all"});
    while (!all.has(messages)) {
      auto const one = co_await updates.next();
      all.note(*one);
      write_until(std::min(number_of(*one) + 3, messages));
      if (number_of(*one) % 2 == 0) co_await one->ack();
    }
  }
  task<> read_poisoned(client& who) {
    auto updates = who.updates({.name = "poisoned", .max_queue_bytes = 1});
    while (!poisoned.has(messages)) {
      auto const one = co_await updates.next();
      if (number_of(*one) == poison) throw crashing_files::crash();
      poisoned.note(*one);
      co_await home.sim.sleep(30ms);
    }
  }
  task<> listen(client& who) override {
    auto const strand = home.sim.get_executor();
    auto const start = [&](task_scope& scope) {
      scope.spawn(read_all(who));
      scope.spawn(read_poisoned(who));
      write_until(3);
    };
    co_await task_scope::run(strand, start);
    co_await home.sim.sleep(1s);
  }
};

}  // namespace

TEST_CASE("a slow consumer beside a fast one costs that nothing, and loses nothing",
          "[simulation][consumers]") {
  paced_bot alone;
  alone.live(false);
  paced_bot both;
  both.live(true);
  REQUIRE(both.fast.size() == paced_bot::count);
  CHECK(both.fast == alone.fast);
  CHECK(std::ranges::max(both.fast) <= 100ms);
  REQUIRE(both.slow.size() == paced_bot::count);
  for (int i = 0; i < paced_bot::count; ++i) CHECK(both.slow[static_cast<std::size_t>(i)] == i + 1);
}

TEST_CASE("consumers survive kills at every step of the store, one that an update kills among them",
          "[killed][consumers]") {
  auto const what = GENERATE(aftermath::killed, aftermath::power_cut, aftermath::torn);
  int const steps = mortal_bot().live_until_done(trouble::none, 0, aftermath::killed);
  REQUIRE(steps > 40);
  for (int step = 0; step < steps; ++step) {
    mortal_bot s;
    CAPTURE(step);
    s.live_until_done(trouble::crash, step, what);
    CAPTURE(step, s.deaths, s.all.handled, s.poisoned.handled, s.passed_over);
    REQUIRE(s.is_done());
    check_in_order(s.all.handled, messages);
    check_in_order(s.poisoned.handled, messages, poison);
    REQUIRE(s.all.wrong_keys + s.poisoned.wrong_keys == 0);
    REQUIRE(std::ranges::count(s.passed_over, poison) >= 1);
    REQUIRE(s.deaths >= 3);  // of the poison
  }
}
