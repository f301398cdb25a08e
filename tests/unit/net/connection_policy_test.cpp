// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What reconnect_policy says about one connection, and what its failure teaches.
#include "net/reconnect_policy.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <mtp/core/error.hpp>

#include <asio/error.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using net::key_in_use;
using net::reconnect_policy;
using use = reconnect_policy::use;
using verdict = reconnect_policy::verdict;
using watch = reconnect_policy::watch;
using give_up_session = reconnect_policy::give_up_session;
using break_off = reconnect_policy::break_off;

namespace {

steady_time const t0 = steady_time() + 1h;
std::error_code const unknown = make_error_code(protocol_errc::unknown_key);
std::error_code const timed_out = make_error_code(client_errc::timed_out);
std::error_code const hung_up = asio::error::eof;

struct stage {
  test::seeded_random random{1};
  net::key_lifecycle key{{}};
  net::reconnect_options options{.initial_timeout = 1h,
                                 .connect_timeout = 10s,
                                 .handshake_timeout = 20s,
                                 .was_connected = true};
  reconnect_policy make() { return {options, key, random, t0}; }
};

}  // namespace

TEST_CASE("what a new connection is used for depends on keys and session", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  CHECK(policy.use_of({}, false) == use::carry_session);
  CHECK(policy.use_of({}, true) == use::probe_session);
  CHECK(policy.use_of({.exchange = true, .turn = true}, true) == use::make_keys);
  CHECK(policy.use_of({.proof = true, .turn = true}, true) == use::prove_key);
  CHECK(policy.use_of({.binding = true, .turn = true}, false) == use::carry_session);
  for (net::key_needs const& needs :
       {net::key_needs{.exchange = true}, {.binding = true}, {.proof = true}})
    CHECK(policy.use_of(needs, false) == use::start_over);  // it is the turn of another link
  policy.on_carrying(false, t0);
  CHECK(policy.use_of({}, false) == use::probe_session);  // one tried beside it
  policy.on_carried(false);
  CHECK(policy.use_of({}, false) == use::carry_session);
}

TEST_CASE("keys that changed meanwhile do not carry the session", "[net][reconnect]") {
  CHECK(reconnect_policy::may_carry({}));
  CHECK(reconnect_policy::may_carry({.binding = true, .turn = true}));
  CHECK(!reconnect_policy::may_carry({.binding = true}));
  CHECK(!reconnect_policy::may_carry({.proof = true}));
  CHECK(!reconnect_policy::may_carry({.exchange = true, .turn = true}));
}

TEST_CASE("the first connection bounds every wait, later ones do not", "[net][reconnect]") {
  stage s;
  s.options.initial_timeout = 15s;
  s.options.was_connected = false;
  auto policy = s.make();
  CHECK(policy.connect_limit(t0) == 10s);
  CHECK(policy.exchange_limit(t0) == 15s);
  CHECK(policy.connect_limit(t0 + 12s) == 3s);
  CHECK(policy.connect_limit(t0 + 1h) == 1ms);
  policy.on_established(t0 + 12s);
  CHECK(policy.connect_limit(t0 + 1h) == 10s);
  CHECK(policy.exchange_limit(t0 + 1h) == 20s);
}

TEST_CASE("a peer that answers the first step only does not use up the time of other addresses",
          "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  policy.on_connecting(true, t0);
  CHECK(policy.answer_timeout() == 20s);
  policy.on_first_answer(50ms);
  CHECK(policy.answer_timeout() == 4s);
  policy.on_first_answer(1s);
  CHECK(policy.answer_timeout() == 10s);
  policy.on_first_answer(1min);
  CHECK(policy.answer_timeout() == 20s);
  policy.on_connecting(false, t0);
  policy.on_first_answer(50ms);
  CHECK(policy.answer_timeout() == 20s);  // there is no other
}

TEST_CASE("a connection over which nothing is heard is broken off", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  policy.on_carrying(false, t0);
  CHECK((policy.look(false, t0) == verdict{watch{t0 + 10s}}));
  CHECK(policy.on_heard());
  CHECK(!policy.on_heard());
  CHECK((policy.look(false, t0 + 10s) == verdict{break_off{timed_out}}));  // not bound yet
  policy.on_established(t0 + 9s);
  CHECK((policy.look(false, t0 + 10s) == verdict{watch{steady_time::max()}}));
  CHECK((policy.look(true, t0 + 1h) == verdict{break_off{timed_out}}));
}

TEST_CASE("a long first packet that arrives slowly has a minute more, no longer",
          "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  bool const probed = GENERATE(false, true);
  CAPTURE(probed);
  policy.on_carrying(probed, t0);
  auto now = t0;
  for (; now < t0 + 70s; now += 9s) {
    CHECK(std::holds_alternative<watch>(policy.look(false, now)));
    policy.on_bytes(now);
  }
  auto what = policy.look(false, t0 + 80s);
  if (probed) {
    CHECK((what == verdict{give_up_session{}}));
    what = policy.look(false, t0 + 80s);
  }
  CHECK((what == verdict{break_off{timed_out}}));
}

TEST_CASE("bytes are no reason to wait longer for what has come", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  policy.on_carrying(false, t0);
  policy.on_heard();
  policy.on_established(t0 + 1s);
  policy.on_bytes(t0 + 2s);
  CHECK((policy.look(false, t0 + 3s) == verdict{watch{steady_time::max()}}));
}

TEST_CASE("a slow address has less time where the first answer was quick", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  policy.on_connecting(true, t0);
  policy.on_first_answer(1ms);
  policy.on_carrying(false, t0);
  CHECK((policy.look(false, t0) == verdict{watch{t0 + 4s}}));
}

TEST_CASE("silence alone does not end a session", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  for (int i = 0; i < 100; ++i) {
    policy.on_carrying(false, t0);
    CHECK((policy.look(true, t0 + 10s) == verdict{break_off{timed_out}}));
    CHECK(!policy.on_carried(false));
    policy.on_failed({.why = timed_out}, t0 + 10s);
  }
}

TEST_CASE("a session is given up when a fresh one was answered and it is not", "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  policy.on_carrying(true, t0);
  CHECK((policy.look(false, t0) == verdict{watch{t0 + 10s}}));
  SECTION("in time") {
    CHECK((policy.look(false, t0 + 10s) == verdict{give_up_session{}}));
    // What comes in its place has as much time again.
    CHECK((policy.look(false, t0 + 10s) == verdict{watch{t0 + 20s}}));
    CHECK((policy.look(false, t0 + 20s) == verdict{break_off{timed_out}}));
    CHECK(!policy.on_carried(false));
  }
  SECTION("and the server hangs up instead") { CHECK(policy.on_carried(false)); }
  SECTION("not when this side ends the connection") { CHECK(!policy.on_carried(true)); }
  SECTION("not when it is heard") {
    policy.on_heard();
    CHECK((policy.look(false, t0 + 10s) == verdict{watch{t0 + 20s}}));
    CHECK(!policy.on_carried(false));
  }
}

TEST_CASE("what is left of a probe is tolerated where there was one", "[net][reconnect]") {
  std::error_code const foreign = make_error_code(protocol_errc::wrong_session);
  stage s;
  auto policy = s.make();
  policy.on_carrying(false, t0);
  CHECK(!policy.tolerates(foreign));
  policy.on_carried(false);
  policy.on_carrying(true, t0);
  CHECK(policy.tolerates(foreign));
  CHECK(!policy.tolerates(make_error_code(protocol_errc::malformed)));
}

TEST_CASE("a permanent key that is said to be unknown is doubted and tried more rarely",
          "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  net::connection_failure const denied{.why = unknown, .key = key_in_use::permanent};
  steady_time now = t0;
  for (duration wait : {1s, 2s, 4s, 8s, 16s, 30s, 30s}) {
    auto const learnt = policy.on_failed(denied, now);
    CHECK(learnt.key_doubted);
    CHECK(learnt.suspended);
    CHECK(!learnt.temporary_unknown);
    CHECK((policy.next(now) == reconnect_policy::action{reconnect_policy::wait{now + wait}}));
    now += wait;
  }
  CHECK(s.key.current() == net::key_lifecycle::state::suspect);
}

TEST_CASE("who says that a key is unknown before one was used teaches nothing",
          "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  auto const learnt = policy.on_failed({.why = unknown}, t0);
  CHECK((!learnt.key_doubted && !learnt.temporary_unknown && !learnt.suspended));
  CHECK(s.key.current() == net::key_lifecycle::state::good);
}

TEST_CASE("a temporary key is given up at once, or late when that could lose calls",
          "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  net::connection_failure denied{.why = unknown, .key = key_in_use::temporary};
  CHECK(policy.on_failed(denied, t0).temporary_unknown);
  denied.at_stake = true;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 3; ++i) CHECK(!policy.on_failed(denied, t0).temporary_unknown);
    CHECK(policy.on_failed(denied, t0).temporary_unknown);
  }
  // A packet under the key in between begins the count anew.
  for (int i = 0; i < 3; ++i) CHECK(!policy.on_failed(denied, t0).temporary_unknown);
  policy.on_carrying(false, t0);
  policy.on_heard();
  CHECK(!policy.on_failed(denied, t0).temporary_unknown);
  CHECK(s.key.current() == net::key_lifecycle::state::good);
}

TEST_CASE("a doubt does not outlast the time for the first connection", "[net][reconnect]") {
  stage s;
  s.options.initial_timeout = 10s;
  s.options.was_connected = false;
  auto policy = s.make();
  net::connection_failure const denied{.why = unknown, .key = key_in_use::permanent};
  steady_time now = t0;
  for (duration wait : {1s, 2s, 4s}) {
    policy.on_failed(denied, now);
    CHECK((policy.next(now) == reconnect_policy::action{reconnect_policy::wait{now + wait}}));
    now += wait;
  }
  policy.on_failed(denied, now);
  CHECK((policy.next(now) == reconnect_policy::action{reconnect_policy::give_up{unknown}}));
}

TEST_CASE("an address that leads nowhere is to blame, unless this side broke the connection",
          "[net][reconnect]") {
  stage s;
  auto policy = s.make();
  CHECK(policy.on_failed({.why = hung_up}, t0).address_good == false);
  policy.on_carrying(false, t0);
  policy.on_established(t0);
  CHECK(policy.on_failed({.why = hung_up}, t0).address_good == true);
  policy.on_carrying(false, t0);
  policy.on_established(t0);
  CHECK(policy.on_failed({.why = timed_out}, t0).address_good == false);
  policy.retry_at_once();
  CHECK(policy.on_failed({.why = hung_up}, t0).address_good == std::nullopt);
  CHECK(policy.on_failed({.why = hung_up}, t0).address_good == false);
}

TEST_CASE("of several failures the one that teaches most is reported", "[net][reconnect]") {
  auto const flood = make_error_code(protocol_errc::transport_flood);
  auto const claim = make_error_code(protocol_errc::wrong_dc);
  CHECK(net::rank_of_failure(unknown) > net::rank_of_failure(flood));
  CHECK(net::rank_of_failure(flood) > net::rank_of_failure(hung_up));
  CHECK(net::rank_of_failure(hung_up) > net::rank_of_failure(claim));
}
