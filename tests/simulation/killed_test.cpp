// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A program that is killed at each step of its store in turn, while updates come of which one kills
// it too.
#include "stage.hpp"

#include <mtp/events/new_message.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/testing/crashing_files.hpp>
#include <support/catch.hpp>

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;
using mtp::testing::crashing_files;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

constexpr std::int64_t alice = 42;  // of the data centre's own world
constexpr int messages = 12;
constexpr int poison = 5;
constexpr int lives = 12;  // more than it takes

/// A bot to which alice writes numbers, and what came of it over all its lives.
struct killed_bot {
  sim_stage home;
  crashing_files files;
  std::vector<int> handled;      ///< what the program got past, over all lives
  std::vector<int> passed_over;  ///< what it was told it would not be given again
  int written = 0;
  int deaths = 0;

  client_config config() {
    auto out = home.config();
    out.records = file_records("/s/bot.session", files);
    out.on_passed_over = [this](update const& one) { passed_over.push_back(number_of(one)); };
    return out;
  }

  static int number_of(update const& one) {
    auto const message = one.get_if<new_message>();
    return message ? std::stoi(std::string(message->text())) : 0;
  }

  void write_until(int number) {
    auto const to = testing::peer::user(sim_stage::bot);
    while (written < number) home.centre.say(alice, to, std::to_string(++written));
  }

  bool is_done() const { return std::ranges::find(handled, messages) != handled.end(); }

  task<> handle(update const& one) {
    int const number = number_of(one);
    if (number == poison) throw crashing_files::crash();
    co_await home.sim.sleep(30ms);
    handled.push_back(number);
    write_until(std::min(number + 4, messages));
  }

  task<> listen(client& who) {
    auto updates = who.updates();
    write_until(3);
    while (!is_done()) {
      auto const one = co_await updates.next();
      co_await handle(*one);
    }
    co_await home.sim.sleep(1s);
  }

  /// Until it ends or is killed.
  void live() {
    try {
      home.live(config(), [this](client& c) { return listen(c); });
    } catch (crashing_files::crash const&) {
      ++deaths;
    }
  }

  /// Until everything is handled. Of all steps of the store, over all lives, the one with the
  /// number `at` goes wrong; that leaves of the disk what `what` says. Returns how many steps there
  /// were.
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

/// Everything in order once those that came again are left out, and those come again at once.
void check_handled(std::vector<int> const& handled) {
  int next = 1;
  for (int const one : handled) {
    if (next == poison) ++next;
    REQUIRE(one <= next);
    if (one == next) ++next;
  }
  REQUIRE(next == messages + 1);
}

}  // namespace

TEST_CASE("updates survive kills at every step of the store, one that kills the program among them",
          "[killed]") {
  auto const what = GENERATE(aftermath::killed, aftermath::power_cut, aftermath::torn);
  int const steps = killed_bot().live_until_done(trouble::none, 0, aftermath::killed);
  REQUIRE(steps > 40);
  for (int step = 0; step < steps; ++step) {
    killed_bot s;
    CAPTURE(step);
    s.live_until_done(trouble::crash, step, what);
    CAPTURE(step, s.deaths, s.handled, s.passed_over);
    REQUIRE(s.is_done());
    check_handled(s.handled);
    REQUIRE(std::ranges::count(s.passed_over, poison) >= 1);
    REQUIRE(std::ranges::count(s.passed_over, poison) ==
            static_cast<std::ptrdiff_t>(s.passed_over.size()));
    REQUIRE(s.deaths >= 3);  // of the poison
  }
}
