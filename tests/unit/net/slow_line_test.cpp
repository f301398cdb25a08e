// SPDX-License-Identifier: MIT OR Apache-2.0
//
// How long a link waits on a line on which everything takes long, under virtual time.
#include "net/reconnect_policy.hpp"
#include "support/catch.hpp"
#include "support/seeded_random.hpp"

#include <mtp/core/error.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using net::ran_out_of_time;
using net::reconnect_policy;

namespace {

steady_time const t0 = steady_time() + 1h;
std::error_code const timed_out = make_error_code(client_errc::timed_out);

/// A link that makes a key and then waits for the first answer, with the limits of the options.
class line {
  net::key_lifecycle key_{{}};
  test::seeded_random random_{3};

 public:
  explicit line(duration round_trip) : trip_(round_trip) {}

  reconnect_policy policy{{.was_connected = true}, key_, random_, t0};
  steady_time now = t0;
  int attempts = 0;
  duration longest = {};  ///< of the attempts

  /// Until it is established, or so many attempts were made.
  bool connect(int most = 10) {
    for (attempts = 0; attempts < most;) {
      auto const what = policy.next(now);
      if (auto const* later = std::get_if<reconnect_policy::wait>(&what)) {
        now = later->until;
        continue;
      }
      ++attempts;
      auto const began = now;
      bool const done = attempt();
      longest = std::max(longest, now - began);
      if (done) return true;
    }
    return false;
  }

  void set_round_trip(duration trip) { trip_ = trip; }
  void break_off(duration after) {
    now += after;
    policy.on_carried(false);
    policy.on_failed({.why = make_error_code(client_errc::closed)}, now);
  }

 private:
  bool attempt() {
    policy.on_connecting(false, now);
    auto const end = now + policy.connect_limit(now);
    if (!pass(trip_, end)) return fail(ran_out_of_time::connecting);
    if (!has_key_ && !make_key(end)) return fail(ran_out_of_time::talking);
    policy.on_carrying(false, now);
    auto const until = std::get<reconnect_policy::watch>(policy.look(false, now)).until;
    if (!pass(trip_, until)) return fail(ran_out_of_time::talking);
    policy.on_heard();
    policy.on_established(now);
    return true;
  }

  /// Three questions and answers; the first answer ends the race.
  bool make_key(steady_time end_of_race) {
    auto const end = now + policy.exchange_limit(now);
    bool const first = pass(std::min(trip_, policy.answer_timeout()), std::min(end, end_of_race));
    if (!first) return false;
    policy.on_first_answer(trip_);
    for (int i = 0; i < 2; ++i)
      if (trip_ > policy.answer_timeout() || !pass(trip_, end)) return false;
    has_key_ = true;
    return true;
  }

  /// False when it takes longer than until `end`.
  bool pass(duration takes, steady_time end) {
    bool const in_time = now + takes < end;
    now = std::min(now + takes, end);
    return in_time;
  }

  bool fail(ran_out_of_time how) {
    policy.on_carried(false);
    policy.on_failed({.why = timed_out, .ran_out = how}, now);
    return false;
  }

  duration trip_;
  bool has_key_ = false;
};

}  // namespace

TEST_CASE("a line connects however slow it is, up to a round trip of 19 s", "[net][reconnect]") {
  for (auto const trip : {1s, 4s, 5s, 6s, 8s, 10s, 12s, 15s, 19s}) {
    CAPTURE(trip.count());
    line one(trip);
    CHECK(one.connect());
    CHECK(one.attempts <= (trip < 5s ? 1 : 4));
    CHECK(one.now - t0 < 4min);
    one.break_off(1h);  // what was learnt is known the next time
    CHECK(one.connect());
    CHECK(one.attempts == 1);
  }
}

TEST_CASE("on a line slower than that no attempt takes longer than a minute", "[net][reconnect]") {
  line one(40s);
  CHECK(!one.connect());
  CHECK(one.longest <= 60s);
}

TEST_CASE("a line that is quick again has the limits of the options", "[net][reconnect]") {
  line one(8s);
  CHECK(one.connect());
  CHECK(one.policy.connect_limit(one.now) > 10s);
  one.break_off(1h);
  one.set_round_trip(100ms);
  CHECK(one.connect());
  CHECK(one.policy.connect_limit(one.now) == 10s);
  CHECK(one.policy.exchange_limit(one.now) == 20s);
}

TEST_CASE("limits double for whoever accepted the connection, and once for silence",
          "[net][reconnect]") {
  net::key_lifecycle key({});
  test::seeded_random random(3);
  reconnect_policy policy({.was_connected = true}, key, random, t0);
  auto const fails = [&](ran_out_of_time how) {
    policy.on_connecting(true, t0);
    policy.on_failed({.why = timed_out, .ran_out = how}, t0);
    return policy.connect_limit(t0);
  };
  CHECK(fails(ran_out_of_time::no) == 10s);
  CHECK(fails(ran_out_of_time::connecting) == 20s);
  CHECK(fails(ran_out_of_time::connecting) == 20s);
  CHECK(policy.exchange_limit(t0) == 40s);
  CHECK(fails(ran_out_of_time::talking) == 40s);
  CHECK(fails(ran_out_of_time::connecting) == 40s);
  for (int i = 0; i < 100; ++i) CHECK(fails(ran_out_of_time::talking) == 60s);
  CHECK(policy.exchange_limit(t0) == 60s);
  policy.on_network_restored(t0);
  CHECK(policy.connect_limit(t0) == 10s);
}

TEST_CASE("limits that the options set beyond a minute stay", "[net][reconnect]") {
  net::key_lifecycle key({});
  test::seeded_random random(3);
  auto const ever = duration::max();
  reconnect_policy policy(
      {.initial_timeout = ever, .connect_timeout = ever, .handshake_timeout = 2h}, key, random, t0);
  policy.on_failed({.why = timed_out, .ran_out = ran_out_of_time::talking}, t0);
  policy.on_connecting(false, t0);
  CHECK(policy.exchange_limit(t0) == 2h);
  policy.on_carrying(true, t0);
  CHECK((std::get<reconnect_policy::watch>(policy.look(false, t0)).until > t0 + 24h * 365));
}
