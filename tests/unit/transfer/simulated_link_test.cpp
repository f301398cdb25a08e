// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The window over links that exist only as numbers: parts queue up at a rate, and answers take
// their time.
#include "support/catch.hpp"
#include "transfer/part_plan.hpp"
#include "transfer/transfer_window.hpp"

#include <algorithm>
#include <queue>
#include <vector>

using namespace mtp;
using namespace mtp::transfer;
using namespace std::chrono_literals;

namespace {

struct simulated_link {
  double rate = 0;  ///< bytes a second
  duration round_trip = {};
};

struct part {
  steady_time arrives;
  steady_time sent;
  bool operator<(part const& other) const { return arrives > other.arrives; }
};

struct outcome {
  double of_link = 0;  ///< the rate, as a part of what the link has
  int window = 0;
};

duration seconds(double count) {
  return std::chrono::duration_cast<duration>(std::chrono::duration<double>(count));
}

/// Sends `bytes` over a link, one part behind the other.
outcome over(simulated_link const& on, std::uint64_t bytes, window_limits limits) {
  transfer_window w(limits);
  std::priority_queue<part> under_way;
  steady_time const begun{};
  steady_time now = begun;
  steady_time free = begun;  // when the link has sent what it was given
  auto const needs = seconds(static_cast<double>(max_part_size) / on.rate);
  std::uint64_t left = bytes / max_part_size;
  while (left > 0 || !under_way.empty()) {
    while (left > 0 && w.may_start(now)) {
      free = std::max(free, now) + needs;
      under_way.push({free + on.round_trip, now});
      w.on_start();
      --left;
    }
    now = under_way.top().arrives;
    w.on_done(now - under_way.top().sent);
    under_way.pop();
  }
  double const took = std::chrono::duration<double>(now - begun).count();
  return {static_cast<double>(bytes) / on.rate / took, w.size()};
}

/// How many parts are on the way when the link is busy and nothing waits.
double needed(simulated_link const& on) {
  double const trip = std::chrono::duration<double>(on.round_trip).count();
  return 1 + trip * on.rate / static_cast<double>(max_part_size);
}

}  // namespace

TEST_CASE("a link is used to nine tenths, whatever its rate and delay", "[transfer]") {
  for (double const mbit : {1., 10., 100., 1000.}) {
    for (auto const trip : {10ms, 50ms, 100ms, 300ms}) {
      simulated_link const on{mbit * 1e6 / 8, trip};
      CAPTURE(mbit, trip.count(), needed(on));
      // Long enough for the beginning not to count.
      auto const seconds_long = static_cast<std::uint64_t>(on.rate * 60);
      auto const got = over(on, seconds_long, {.first = 2, .most = 256});
      CHECK(got.of_link >= 0.9);
    }
  }
}

TEST_CASE("a slow link is not filled with parts that only wait", "[transfer]") {
  for (auto const trip : {10ms, 100ms, 300ms}) {
    simulated_link const on{1e6, trip};
    CAPTURE(trip.count());
    auto const got = over(on, 200 * mib, {.first = 2, .most = 256});
    CHECK(got.window <= needed(on) + 6);
  }
}
