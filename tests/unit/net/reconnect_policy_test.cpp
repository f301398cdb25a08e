// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/reconnect_policy.hpp"

#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <mtp/core/error.hpp>

#include <asio/error.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using net::reconnect_policy;
using action = reconnect_policy::action;
using connect_now = reconnect_policy::connect;
using give_up = reconnect_policy::give_up;

namespace {

steady_time const t0 = steady_time() + 1h;
std::error_code const refused = asio::error::connection_refused;
std::error_code const silent = make_error_code(client_errc::timed_out);

struct stage {
  test::seeded_random random{1};
  net::reconnect_options options{
      .backoff = {.initial_delay = 500ms, .max_delay = 8s, .reset_after = 10s},
      .initial_timeout = 10s,
      .connect_timeout = 4s};
  net::key_lifecycle key{{}};
  reconnect_policy make() { return {options, key, random, t0}; }
};

/// How long the policy wants to wait at `now`; it must want that.
duration wait_of(reconnect_policy const& policy, steady_time now) {
  auto const what = policy.next(now);
  auto const* later = std::get_if<reconnect_policy::wait>(&what);
  REQUIRE(later);
  CHECK((policy.next(later->until) == action{connect_now{}}));
  return later->until - now;
}

bool within(duration wait, duration step) { return wait >= step / 2 && wait <= step; }

}  // namespace

TEST_CASE("the first attempt is made at once and failures space out the next", "[net][reconnect]") {
  stage s;
  s.options.was_connected = true;
  auto policy = s.make();
  CHECK((policy.next(t0) == action{connect_now{}}));
  for (duration step : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 8000ms}) {
    policy.on_failed({.why = refused}, t0);
    CHECK(within(wait_of(policy, t0), step));
  }
}

TEST_CASE("a first connection that does not come about ends in bounded time", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  steady_time now = t0;
  int attempts = 0;
  for (;;) {
    auto const what = policy.next(now);
    if (std::holds_alternative<give_up>(what)) {
      CHECK((what == action{give_up{silent}}));
      break;
    }
    if (auto* later = std::get_if<reconnect_policy::wait>(&what)) {
      now = later->until;
      continue;
    }
    ++attempts;
    now += policy.connect_limit(now);
    policy.on_failed({.why = silent}, now);
    REQUIRE(attempts < 100);
  }
  CHECK(now - t0 <= 10s + 5ms);
  CHECK(now - t0 >= 10s);
  CHECK(attempts >= 3);
}

TEST_CASE("what no attempt can change ends the first connection at once", "[net][reconnect]") {
  auto const why = GENERATE(client_errc::storage, client_errc::bad_config);
  stage s;
  auto policy = s.make();
  policy.on_failed({.why = make_error_code(why)}, t0);
  CHECK((policy.next(t0) == action{give_up{make_error_code(why)}}));
}

TEST_CASE("what only an unauthenticated peer says ends the first connection when it is repeated",
          "[net][reconnect]") {
  auto const why =
      make_error_code(GENERATE(protocol_errc::no_known_rsa_key, protocol_errc::wrong_dc));
  stage s;
  auto policy = s.make();
  for (int i = 0; i < 2; ++i) {
    policy.on_failed({.why = why}, t0);
    wait_of(policy, t0);
  }
  SECTION("three times in a row") {
    policy.on_failed({.why = why}, t0);
    CHECK((policy.next(t0) == action{give_up{why}}));
  }
  SECTION("or as the last word in the time there is") {
    policy.on_failed({.why = refused}, t0);
    wait_of(policy, t0);
    policy.on_failed({.why = why}, t0 + 10s);
    CHECK((policy.next(t0 + 10s) == action{give_up{why}}));
  }
  SECTION("and not when something else came between") {
    policy.on_failed({.why = refused}, t0);
    policy.on_failed({.why = why}, t0);
    wait_of(policy, t0);
  }
}

TEST_CASE("after a connection nothing ends the attempts", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  policy.on_established(t0);
  for (int i = 0; i < 50; ++i) {
    policy.on_failed({.why = make_error_code(protocol_errc::wrong_dc)}, t0 + 1s);
    CHECK(wait_of(policy, t0 + 1s) <= 8s);
  }
}

TEST_CASE("the policy none ends with what broke the connection", "[net][reconnect]") {
  stage s;
  s.options.backoff.restart = restart_policy::none;
  auto policy = s.make();
  policy.on_failed({.why = refused}, t0);
  CHECK(within(wait_of(policy, t0), 500ms));  // the first connection is still tried for
  policy.on_established(t0 + 1s);
  policy.on_failed({.why = silent}, t0 + 1h);
  CHECK((policy.next(t0 + 1h) == action{give_up{silent}}));
}

TEST_CASE("a connection that lasted is made anew at once", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  policy.on_established(t0);
  policy.on_established(t0 + 9s);  // heard again: it stands since t0
  policy.on_failed({.why = silent}, t0 + 10s);
  CHECK((policy.next(t0 + 10s) == action{connect_now{}}));
  policy.on_failed({.why = silent}, t0 + 10s);
  CHECK(within(wait_of(policy, t0 + 10s), 500ms));
}

TEST_CASE("a flooded server is left alone for a second at least, each time longer",
          "[net][reconnect]") {
  std::error_code const flood = make_error_code(protocol_errc::transport_flood);
  stage s;
  s.options.backoff.initial_delay = 1ms;
  s.options.was_connected = true;
  auto policy = s.make();
  policy.on_established(t0);
  steady_time const now = t0 + 1h;  // although the connection had lasted
  for (duration least : {1s, 2s, 4s, 8s}) {
    policy.on_failed({.why = flood}, now);
    CHECK(wait_of(policy, now) >= least);
  }
}

TEST_CASE("a quick retry waits little, but not again and again", "[net][reconnect]") {
  stage s;
  s.options.was_connected = true;
  auto policy = s.make();
  for (int i = 0; i < 4; ++i) {
    policy.retry_at_once();
    policy.on_failed({.why = silent}, t0);
    CHECK(wait_of(policy, t0) == 50ms);
  }
  policy.retry_at_once();
  policy.on_failed({.why = silent}, t0);
  CHECK(within(wait_of(policy, t0), 500ms));
  policy.on_established(t0 + 1s);
  policy.retry_at_once();
  policy.on_failed({.why = silent}, t0 + 2s);  // a connection of a second proves nothing
  CHECK(within(wait_of(policy, t0 + 2s), 1000ms));
  policy.on_established(t0 + 3s);
  policy.retry_at_once();
  policy.on_failed({.why = silent}, t0 + 13s);
  CHECK(wait_of(policy, t0 + 13s) == 50ms);
}

TEST_CASE("a flooded server is left alone also when the next attempt would be a quick one",
          "[net][reconnect]") {
  stage s;
  s.options.was_connected = true;
  auto policy = s.make();
  policy.retry_at_once();
  policy.on_failed({.why = make_error_code(protocol_errc::transport_flood)}, t0);
  CHECK(wait_of(policy, t0) >= 1s);
}

TEST_CASE("the policy none does not end with what this side broke off", "[net][reconnect]") {
  stage s;
  s.options.backoff.restart = restart_policy::none;
  auto policy = s.make();
  policy.on_established(t0);
  policy.retry_at_once();
  policy.on_failed({.why = make_error_code(client_errc::closed)}, t0 + 1h);
  CHECK(wait_of(policy, t0 + 1h) == 50ms);
}

TEST_CASE("a link that is made on demand ends with what no attempt can change",
          "[net][reconnect]") {
  std::error_code const hopeless = make_error_code(client_errc::bad_config);
  stage s;
  s.options.was_connected = true;
  s.options.ends_when_hopeless = true;
  auto policy = s.make();
  policy.on_failed({.why = silent}, t0);
  CHECK(within(wait_of(policy, t0), 500ms));
  policy.on_failed({.why = hopeless}, t0 + 1s);
  CHECK((policy.next(t0 + 1s) == action{give_up{hopeless}}));
  auto connected = s.make();
  connected.on_established(t0);
  connected.on_failed({.why = hopeless}, t0 + 1s);
  CHECK(within(wait_of(connected, t0 + 1s), 500ms));
  // What anybody on the way can say has to be said again.
  auto told = s.make();
  auto const claim = make_error_code(protocol_errc::wrong_dc);
  for (int i = 0; i < 3; ++i) {
    CHECK(!std::holds_alternative<give_up>(told.next(t0 + 1s)));
    told.on_failed({.why = claim}, t0 + 1s);
  }
  CHECK((told.next(t0 + 1s) == action{give_up{claim}}));
}

TEST_CASE("a network that is back is used at once, and failures are forgotten",
          "[net][reconnect]") {
  stage s;
  s.options.was_connected = true;
  auto policy = s.make();
  for (int i = 0; i < 10; ++i) policy.on_failed({.why = refused}, t0);
  CHECK(wait_of(policy, t0) >= 4s);
  policy.on_network_restored(t0 + 1s);
  CHECK((policy.next(t0 + 1s) == action{connect_now{}}));
  policy.on_failed({.why = refused}, t0 + 1s);
  CHECK(within(wait_of(policy, t0 + 1s), 500ms));
}

TEST_CASE("what this side breaks off is followed by a quick retry unless it is hopeless",
          "[net][reconnect]") {
  stage s;
  s.options.was_connected = true;
  auto policy = s.make();
  auto const lost = make_error_code(protocol_errc::unknown_key);
  policy.on_breaking_off(lost);
  policy.on_failed({.why = lost}, t0);
  CHECK(wait_of(policy, t0) == 50ms);
  auto const useless = make_error_code(client_errc::bad_config);
  policy.on_breaking_off(useless);
  policy.on_failed({.why = useless}, t0 + 1s);
  CHECK(within(wait_of(policy, t0 + 1s), 500ms));
}
