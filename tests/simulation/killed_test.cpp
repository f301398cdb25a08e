// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A program that is killed at each step of its store in turn, while updates come of which one kills
// it too.
#include "killed_bot.hpp"

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::check_in_order;
using mtp::test::killed_bot;
using mtp::test::number_of;
using mtp::testing::crashing_files;
using trouble = crashing_files::trouble;
using aftermath = crashing_files::aftermath;

namespace {

constexpr int messages = 12;
constexpr int poison = 5;

/// Gets past numbers, of which one kills it.
struct numbers_bot final : killed_bot {
  std::vector<int> handled;  ///< what the program got past, over all lives

  bool is_done() const override { return std::ranges::find(handled, messages) != handled.end(); }

  task<> handle(update const& one) {
    int const number = number_of(one);
    if (number == poison) throw crashing_files::crash();
    co_await home.sim.sleep(30ms);
    handled.push_back(number);
    write_until(std::min(number + 4, messages));
  }

  task<> listen(client& who) override {
    auto updates = who.updates();
    write_until(3);
    while (!is_done()) {
      auto const one = co_await updates.next();
      co_await handle(*one);
    }
    co_await home.sim.sleep(1s);
  }
};

}  // namespace

TEST_CASE("updates survive kills at every step of the store, one that kills the program among them",
          "[killed]") {
  auto const what = GENERATE(aftermath::killed, aftermath::power_cut, aftermath::torn);
  int const steps = numbers_bot().live_until_done(trouble::none, 0, aftermath::killed);
  REQUIRE(steps > 40);
  for (int step = 0; step < steps; ++step) {
    numbers_bot s;
    CAPTURE(step);
    s.live_until_done(trouble::crash, step, what);
    CAPTURE(step, s.deaths, s.handled, s.passed_over);
    REQUIRE(s.is_done());
    check_in_order(s.handled, messages, poison);
    REQUIRE(std::ranges::count(s.passed_over, poison) >= 1);
    REQUIRE(std::ranges::count(s.passed_over, poison) ==
            static_cast<std::ptrdiff_t>(s.passed_over.size()));
    REQUIRE(s.deaths >= 3);  // of the poison
  }
}
