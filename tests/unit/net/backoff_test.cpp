// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/backoff.hpp"

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using mtp::net::backoff;

namespace {

bool within(duration wait, duration step) { return wait >= step / 2 && wait <= step; }

}  // namespace

TEST_CASE("the wait before an attempt doubles up to the longest", "[net][backoff]") {
  test::seeded_random random(1);
  backoff b({.initial_delay = 500ms, .max_delay = 5s}, random);
  for (duration step : {500ms, 1000ms, 2000ms, 4000ms, 5000ms, 5000ms})
    CHECK(within(b.on_failed(), step));
  for (int i = 0; i < 200; ++i) CHECK(within(b.on_failed(), 5s));
}

TEST_CASE("two clients do not wait equally long", "[net][backoff]") {
  test::seeded_random one(1);
  test::seeded_random two(2);
  CHECK(backoff({}, one).on_failed() != backoff({}, two).on_failed());
}

TEST_CASE("a connection that lasted is followed by no wait", "[net][backoff]") {
  test::seeded_random random(1);
  backoff b({.initial_delay = 500ms, .max_delay = 5s, .reset_after = 10s}, random);
  steady_time const t0{};
  (void)b.on_failed();
  b.on_connected(t0);
  CHECK(b.on_disconnected(t0 + 10s) == 0s);
  CHECK(within(b.on_failed(), 500ms));
}

TEST_CASE("a connection that breaks at once does not reset the wait", "[net][backoff]") {
  test::seeded_random random(1);
  backoff b({.initial_delay = 500ms, .max_delay = 5s, .reset_after = 10s}, random);
  steady_time const t0{};
  (void)b.on_failed();
  (void)b.on_failed();
  b.on_connected(t0);
  CHECK(within(b.on_disconnected(t0 + 9s), 2000ms));
}

TEST_CASE("a server that is flooded is left alone for a second at least", "[net][backoff]") {
  test::seeded_random random(1);
  backoff b({.initial_delay = 1ms, .max_delay = 30s}, random);
  b.on_rate_limited();
  duration least = 1s;
  CHECK(b.on_failed() >= least);
  b.on_rate_limited();
  least = 2s;
  CHECK(b.on_failed() >= least);  // doubled
  b.reset();
  CHECK(within(b.on_failed(), 1ms));
}

TEST_CASE("the fixed policy waits equally long, however often it fails", "[net][backoff]") {
  test::seeded_random random(1);
  backoff b({.initial_delay = 500ms, .max_delay = 5s, .restart = restart_policy::fixed}, random);
  for (int i = 0; i < 100; ++i) CHECK(within(b.on_failed(), 500ms));
}
