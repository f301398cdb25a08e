// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a client sleeps out, and what it hands to the program.
#include "stage.hpp"

#include <mtp/core/error.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;

TEST_CASE("a flood wait within the budget is slept, a longer one goes to the caller", "[waits]") {
  sim_stage s;
  s.live([&](client& who) -> task<> {
    auto const began = s.sim.now().steady;
    s.centre.add_fault({.method = "users.getUsers", .refusal = {{420, "FLOOD_WAIT_50"}}});
    (void)co_await who.get_me();
    CHECK(s.sim.now().steady - began >= 50s);
    CHECK(s.sim.now().steady - began < 51s);
    s.centre.add_fault({.method = "users.getUsers", .refusal = {{420, "FLOOD_WAIT_3600"}}});
    bool told = false;
    try {
      (void)co_await who.get_me();
    } catch (flood_wait const& e) {
      told = e.retry_after() == 1h;
    }
    CHECK(told);
    CHECK(s.sim.now().steady - began < 52s);
  });
}
