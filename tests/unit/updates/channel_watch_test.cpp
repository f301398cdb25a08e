// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/channel_watch.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using updates::channel_watch;

namespace {

constexpr steady_time start = steady_time(1h);

}  // namespace

TEST_CASE("a channel is asked for at the pace of the server, as long as somebody looks",
          "[updates][watch]") {
  channel_watch watch;
  CHECK(watch.next_due() == steady_time::max());
  auto first = watch.open(7, start);
  auto second = watch.open(7, start + 1s);
  CHECK(first == second);
  CHECK(watch.take_due(start) == 7);
  CHECK(!watch.take_due(start));
  watch.on_answer(7, 30, true, start + 1s);
  CHECK(watch.next_due() == start + 31s);
  CHECK(!watch.take_due(start + 30s));
  first.reset();
  CHECK(watch.is_open(7));
  CHECK(watch.take_due(start + 31s) == 7);
  second.reset();
  CHECK(!watch.is_open(7));
  watch.on_answer(7, 1, true, start + 32s);
  CHECK(!watch.take_due(start + 1h));
  CHECK(watch.next_due() == steady_time::max());
}

TEST_CASE("no pace of a server is too fast or too slow", "[updates][watch]") {
  channel_watch watch;
  auto const who = watch.open(7, start);
  for (auto const pace : {0, -5}) {
    watch.on_answer(7, pace, true, start);
    CHECK(watch.next_due() == start + 1s);
  }
  watch.on_answer(7, {}, true, start);
  CHECK(watch.next_due() == start + 1s);
  watch.on_answer(7, 2'000'000'000, true, start);
  CHECK(watch.next_due() == start + 5min);
}

TEST_CASE("an answer that has more is followed by no request of its own", "[updates][watch]") {
  channel_watch watch;
  auto const who = watch.open(7, start);
  CHECK(watch.take_due(start) == 7);
  watch.on_answer(7, 1, false, start);
  CHECK(!watch.take_due(start + 4min));
  CHECK(watch.take_due(start + 5min) == 7);  // the rest never came
}

TEST_CASE("a channel that is closed is told, and not asked for again", "[updates][watch]") {
  channel_watch watch;
  auto const here = watch.open(7, start);
  auto const there = watch.open(8, start);
  watch.on_closed(7);
  CHECK(here->refused);
  CHECK(!there->refused);
  CHECK(watch.take_due(start + 1h) == 8);
  CHECK(!watch.take_due(start + 1h));
  auto const again = watch.open(7, start + 2h);
  CHECK(!again->refused);
  CHECK(watch.take_due(start + 2h) == 7);
}
