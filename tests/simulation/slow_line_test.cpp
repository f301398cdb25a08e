// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A client on a line on which everything takes long.
#include "stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::test::sim_stage;

TEST_CASE("a client connects, signs in and calls on a line with six seconds each way", "[slow]") {
  sim_stage s;
  s.sim.network().to_server.delay = s.sim.network().to_client.delay = 6s;
  auto config = s.config();
  config.connection.initial_timeout = 10min;  // the other times are the default ones
  int calls = 0;
  s.live(config, [&](client& who) -> task<> {
    co_await s.sim.sleep(1h);
    auto const me = co_await who.get_me();
    CHECK(me.id() == sim_stage::bot);
    ++calls;
  });
  CHECK(calls == 1);
  auto const began = s.sim.now().steady;
  s.live(config, [&](client& who) -> task<> {  // it has a key, and learns anew how slow the line is
    co_await who.get_me();
    ++calls;
  });
  CHECK(calls == 2);
  CHECK(s.sim.now().steady - began < 4min);
}
