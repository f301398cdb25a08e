// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What made other libraries stop receiving updates, with a whole client: gotd/td#1800, #1852 and
// #1853, MTKruto/MTKruto#331.
#include "followed_channels.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;
using texts = std::vector<std::string>;

namespace {

constexpr auto channel = followed_channels::first;
constexpr char const* channel_difference = "updates.getChannelDifference";

texts numbers(int from, int to) {
  texts out;
  for (int i = from; i <= to; ++i) out.push_back(std::to_string(i));
  return out;
}

}  // namespace

TEST_CASE("6000 quiet channels ask nothing of the server in an hour", "[simulation][recorded]") {
  followed_channels s(6000);
  auto const live = [&]() -> task<> {
    co_await s.sign_in();
    co_await s.live(1h);
  };
  s.sim.run(live(), 2h);
  CHECK(s.centre.calls(channel_difference) == 0);
  CHECK(s.centre.calls("updates.getDifference") <=
        5);                                 // one at first, and one a quarter of an hour
  CHECK(s.centre.call_log().size() <= 20);  // with everything else
}

TEST_CASE("a channel goes on while the timeout of its difference runs", "[simulation][recorded]") {
  followed_channels s(1);
  texts seen;
  auto const write = [&]() -> task<> {
    co_await s.sim.sleep(10s);
    s.write(channel, "1", true);
    s.write(channel, "2");  // shows the gap, which is closed by a difference with a timeout of 30 s
    co_await s.sim.sleep(1s);
    seen = s.take_texts();
    for (int i = 3; i <= 22; ++i) {
      s.write(channel, std::to_string(i));
      co_await s.sim.sleep(200ms);
      CHECK(s.take_texts() == numbers(i, i));
    }
  };
  auto const live = [&]() -> task<> {
    co_await s.sign_in();
    co_await s.live(1min, write);
  };
  s.sim.run(live());
  CHECK(seen == numbers(1, 2));
  CHECK(s.centre.calls(channel_difference) == 1);
}

TEST_CASE("what came behind a gap is not left there when nothing more comes",
          "[simulation][recorded]") {
  followed_channels s(1);
  auto const write = [&]() -> task<> {
    co_await s.sim.sleep(10s);
    s.centre.add_fault({.method = channel_difference,
                        .times = 2,
                        .refusal = testing::rpc_fault{500, "HISTORY_GET_FAILED"}});
    s.write(channel, "1", true);
    for (int i = 2; i <= 9; ++i) s.write(channel, std::to_string(i));
    co_await s.sim.sleep(100ms);
    CHECK(s.take_texts().empty());
  };
  auto const live = [&]() -> task<> {
    co_await s.sign_in();
    co_await s.live(5min, write);
  };
  s.sim.run(live());
  CHECK(s.take_texts() == numbers(1, 9));
}

TEST_CASE("what a difference brought is not asked for again by the next process",
          "[simulation][recorded]") {
  followed_channels s(1);
  auto const live = [&]() -> task<> {
    co_await s.sign_in();
    auto const miss = [&](int from, int to) -> task<> {
      co_await s.sim.sleep(1s);
      for (int i = from; i <= to; ++i) s.write(channel, std::to_string(i), i != to);
    };
    auto const first = [&]() { return miss(1, 9); };
    co_await s.live(10s, first);
    CHECK(s.take_texts() == numbers(1, 9));
    co_await s.live(10s);
    CHECK(s.take_texts().empty());
    auto const second = [&]() { return miss(10, 12); };
    co_await s.live(10s, second);
    CHECK(s.take_texts() == numbers(10, 12));
  };
  s.sim.run(live());
  CHECK(s.centre.calls(channel_difference) == 2);
}
