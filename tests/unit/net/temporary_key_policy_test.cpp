// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/temporary_key_policy.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using net::after_binding;
using net::bind_outcome;
using net::temporary_key_policy;

namespace {

steady_time const t0 = steady_time() + 1h;
steady_time const end = t0 + 6min;

}  // namespace

TEST_CASE("an answer to a binding that was asked for twice does not condemn the key",
          "[net][key][pfs]") {
  temporary_key_policy policy;
  CHECK(policy.judge(bind_outcome::key_unknown) == bind_outcome::key_unknown);
  policy.on_binding_interrupted();
  policy.on_carrying();
  CHECK(policy.judge(bind_outcome::key_unknown) == bind_outcome::inconclusive);
  for (auto const other : {bind_outcome::bound, bind_outcome::not_supported,
                           bind_outcome::inconclusive, bind_outcome::not_made})
    CHECK(policy.judge(other) == other);
}

TEST_CASE("only a server that must bind and cannot is given up", "[net][key][pfs]") {
  for (auto const mode : {pfs_mode::off, pfs_mode::on, pfs_mode::with_fallback}) {
    CHECK(net::what_follows(bind_outcome::bound, mode) == after_binding::carry_calls);
    CHECK(net::what_follows(bind_outcome::key_unknown, mode) == after_binding::reconnect);
    CHECK(net::what_follows(bind_outcome::inconclusive, mode) == after_binding::reconnect);
    CHECK(net::what_follows(bind_outcome::not_supported, mode) ==
          (mode == pfs_mode::on ? after_binding::give_up : after_binding::reconnect));
  }
}

TEST_CASE("a session stays with its temporary key until there is another, or until its end",
          "[net][key][pfs]") {
  temporary_key_policy policy;
  CHECK(policy.stay_until({.end = end}, t0) == end);
  CHECK(policy.stay_until({.end = end, .busy = true, .at_stake = true}, t0) == end);
  CHECK(!policy.is_leaving());
  CHECK(!policy.stay_until({.end = end, .busy = true, .at_stake = true}, end));
}

TEST_CASE("a session goes over to the next key when it has nothing under way", "[net][key][pfs]") {
  temporary_key_policy policy;
  temporary_key_policy::situation s{.end = end, .replaced = true, .busy = true};
  CHECK(policy.stay_until(s, t0) == t0 + 30s);
  CHECK(policy.is_leaving());
  s.busy = false;
  CHECK(!policy.stay_until(s, t0 + 1s));
}

TEST_CASE("a session that always has calls leaves its key after a while", "[net][key][pfs]") {
  temporary_key_policy policy;
  temporary_key_policy::situation s{.end = end, .replaced = true, .busy = true};
  CHECK(policy.stay_until(s, t0) == t0 + 30s);
  SECTION("when they may be repeated") { CHECK(!policy.stay_until(s, t0 + 30s)); }
  SECTION("at the last moment when they must not") {
    s.at_stake = true;
    CHECK(policy.stay_until(s, t0 + 30s) == end);
    CHECK(policy.stay_until(s, end - 1s) == end);
    CHECK(!policy.stay_until(s, end));
  }
  SECTION("counted anew on the next connection") {
    policy.on_carrying();
    CHECK(!policy.is_leaving());
    CHECK(policy.stay_until(s, t0 + 30s) == t0 + 60s);
  }
}

TEST_CASE("a session does not stay with a key beyond its end", "[net][key][pfs]") {
  temporary_key_policy policy;
  temporary_key_policy::situation const s{
      .end = t0 + 10s, .replaced = true, .busy = true, .at_stake = true};
  CHECK(policy.stay_until(s, t0) == t0 + 10s);
}

TEST_CASE("a key that was not renewed is tried again, 60 times at most until its end",
          "[net][key][pfs]") {
  temporary_key_policy policy;
  CHECK(policy.renew_at(t0) == t0);
  policy.on_renewal_failed(1h, t0);
  CHECK(policy.renew_at(t0) == t0 + 1min);
  policy.on_carrying();  // another connection
  CHECK(policy.renew_at(t0) == t0 + 1min);
  CHECK(policy.renew_at(t0 + 2min) == t0 + 2min);
  policy.on_renewal_failed(1s, t0 + 1min);
  CHECK(policy.renew_at(t0) == t0 + 61s);
}

TEST_CASE("a server is blamed for an exchange only when it answered and nothing else ended it",
          "[net][key][pfs]") {
  CHECK(net::is_refusal({.has_permanent = true, .proved = true}));
  CHECK(!net::is_refusal({.cancelled = true, .has_permanent = true, .proved = true}));
  CHECK(!net::is_refusal({.proved = true}));
  CHECK(!net::is_refusal({.has_permanent = true}));
}
