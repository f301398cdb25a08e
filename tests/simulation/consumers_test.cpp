// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Several consumers of one account: one is slow, or their program is killed at each step of its
// store in turn.
#include "stage.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/events/new_message.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/testing/crashing_files.hpp>
#include <support/catch.hpp>

#include <algorithm>
#include <map>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;
using mtp::testing::crashing_files;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

constexpr std::int64_t writer = 42;  // of the data centre's own world

int number_of(update const& one) {
  auto const message = one.get_if<new_message>();
  return message ? std::stoi(std::string(message->text())) : 0;
}

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
      home.centre.say(writer, testing::peer::user(sim_stage::bot), std::to_string(i));
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
constexpr int lives = 14;  // more than it takes

/// A bot with two consumers, and what each of them got over all lives.
struct mortal_bot {
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

  sim_stage home;
  crashing_files files;
  record all;
  record poisoned;  ///< with memory for one update, which kills it at `poison`
  std::vector<int> passed_over;
  int written = 0;
  int deaths = 0;

  client_config config() {
    auto out = home.config();
    out.records = file_records("/s/bot.session", files);
    out.on_passed_over = [this](update const& one) { passed_over.push_back(number_of(one)); };
    return out;
  }

  void write_until(int number) {
    auto const to = testing::peer::user(sim_stage::bot);
    while (written < number) home.centre.say(writer, to, std::to_string(++written));
  }

  bool is_done() const { return all.has(messages) && poisoned.has(messages); }

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
  task<> listen(client& who) {
    auto const strand = home.sim.get_executor();
    auto const start = [&](task_scope& scope) {
      scope.spawn(read_all(who));
      scope.spawn(read_poisoned(who));
      write_until(3);
    };
    co_await task_scope::run(strand, start);
    co_await home.sim.sleep(1s);
  }
  void live() {
    try {
      home.live(config(), [this](client& c) { return listen(c); });
    } catch (crashing_files::crash const&) {
      ++deaths;
    }
  }
  /// As in the test of one consumer: of all steps of the store the one with the number `at` goes
  /// wrong. Returns how many steps there were.
  int live_until_done(trouble how, int at, aftermath what) {
    int steps = 0;
    for (int i = 0; i < lives && !is_done(); ++i) {
      files.fail(at >= steps ? how : trouble::none, at - steps);
      live();
      bool const was_here = at >= steps && at < steps + files.steps();
      steps += files.steps();
      files.restart(was_here ? what : aftermath::killed);
    }
    return steps;
  }
};

/// Everything in order once those that came again are left out.
void check_order(mortal_bot::record const& of, int without) {
  int next = 1;
  for (int const one : of.handled) {
    if (next == without) ++next;
    REQUIRE(one <= next);
    if (one == next) ++next;
  }
  REQUIRE(next == messages + 1);
  REQUIRE(of.wrong_keys == 0);
}

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
    check_order(s.all, 0);
    check_order(s.poisoned, poison);
    REQUIRE(std::ranges::count(s.passed_over, poison) >= 1);
    REQUIRE(s.deaths >= 3);  // of the poison
  }
}
