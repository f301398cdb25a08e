// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/pool_policy.hpp"

#include "support/catch.hpp"

using namespace mtp;
using namespace std::chrono_literals;
using net::pool_policy;
using action = pool_policy::action;
using open_one = pool_policy::open;
using close_one = pool_policy::close;
using wait_until = pool_policy::wait;
using slot = pool_policy::slot;

namespace {

steady_time const t0 = steady_time() + 1h;

pool_policy make(pool_options options = {
                     .max_connections = 3, .busy_from = 2, .idle_timeout = 60s}) {
  return pool_policy(options);
}

/// The connection that the pool wants opened now.
slot opened(pool_policy& pool) {
  auto const what = pool.next(t0);
  auto const* one = std::get_if<open_one>(&what);
  REQUIRE(one);
  return one->which;
}

/// A pool with one connection that is ready.
slot with_one(pool_policy& pool) {
  pool.add_waiting(1);
  slot const one = opened(pool);
  pool.on_ready(one, t0);
  pool.add_waiting(-1);
  return one;
}

}  // namespace

TEST_CASE("a connection is opened on demand and not before", "[net][pool]") {
  auto pool = make();
  CHECK((pool.next(t0) == action{wait_until{}}));
  CHECK(!pool.lease());
  pool.add_waiting(1);
  slot const one = opened(pool);
  CHECK((pool.next(t0) == action{wait_until{}}));  // one is enough to begin with
  CHECK(!pool.lease());                            // it is not set up yet
  pool.on_ready(one, t0);
  CHECK(pool.lease() == one);
}

TEST_CASE("a connection that did not come about is opened again for those who wait",
          "[net][pool]") {
  auto pool = make();
  pool.add_waiting(1);
  slot const one = opened(pool);
  pool.on_gone(one);
  pool.on_ready(one, t0);  // late
  CHECK(!pool.lease());
  slot const other = opened(pool);
  CHECK(other != one);
  pool.on_gone(other);
  pool.add_waiting(-1);  // cancelled
  CHECK((pool.next(t0) == action{wait_until{}}));
}

TEST_CASE("the least busy connection is leased", "[net][pool]") {
  auto pool = make();
  slot const one = with_one(pool);
  CHECK(pool.lease() == one);
  CHECK(pool.lease() == one);
  slot const two = opened(pool);
  CHECK(pool.lease() == one);  // while the other is being set up
  pool.on_ready(two, t0);
  CHECK(pool.lease() == two);
  CHECK(pool.lease() == two);
  pool.give_back(one, t0);
  pool.give_back(one, t0);
  CHECK(pool.lease() == one);
  CHECK(pool.load_of(one) == 2);
  CHECK(pool.load_of(two) == 2);
}

TEST_CASE("more connections are opened while all are busy, up to the bound", "[net][pool]") {
  auto pool = make();
  with_one(pool);
  std::size_t opened_now = 1;
  for (int calls = 0; calls < 100; ++calls) {
    REQUIRE(pool.lease());
    auto const what = pool.next(t0);
    auto const* more = std::get_if<open_one>(&what);
    if (!more) continue;
    ++opened_now;
    pool.on_ready(more->which, t0);
  }
  CHECK(opened_now == 3);
  CHECK(pool.size() == 3);
}

TEST_CASE("a lease that is given back frees its place once", "[net][pool]") {
  auto pool = make();
  slot const one = with_one(pool);
  REQUIRE(pool.lease());
  REQUIRE(pool.lease());
  pool.give_back(one, t0);
  CHECK(pool.load_of(one) == 1);
  CHECK((pool.next(t0) == action{wait_until{}}));  // not all busy
  pool.give_back(one, t0);
  pool.give_back(one, t0);
  CHECK(pool.load_of(one) == 0);
  pool.give_back(slot{77}, t0);
}

TEST_CASE("a connection without calls is closed after its time", "[net][pool]") {
  auto pool = make();
  slot const one = with_one(pool);
  CHECK((pool.next(t0) == action{wait_until{t0 + 60s}}));
  REQUIRE(pool.lease());
  CHECK((pool.next(t0 + 70s) == action{wait_until{}}));
  pool.give_back(one, t0 + 80s);
  CHECK((pool.next(t0 + 139s) == action{wait_until{t0 + 140s}}));
  CHECK((pool.next(t0 + 140s) == action{close_one{one}}));
  CHECK(!pool.lease());  // not from then on
  pool.on_ready(one, t0 + 141s);
  CHECK(!pool.lease());
  pool.on_gone(one);
  CHECK(pool.size() == 0);
}

TEST_CASE("a call that comes while the last connection closes gets another", "[net][pool]") {
  auto pool = make();
  slot const one = with_one(pool);
  CHECK((pool.next(t0 + 60s) == action{close_one{one}}));
  pool.add_waiting(1);
  CHECK(opened(pool) != one);
}

TEST_CASE("the last connection of a pool that keeps one stays", "[net][pool]") {
  auto pool = make({.max_connections = 2, .busy_from = 1, .idle_timeout = 60s, .keep_one = true});
  slot const one = opened(pool);  // wanted by nobody
  pool.on_ready(one, t0);
  CHECK((pool.next(t0 + 24h) == action{wait_until{}}));
  REQUIRE(pool.lease());
  slot const two = opened(pool);
  pool.on_ready(two, t0);
  CHECK((pool.next(t0 + 60s) == action{close_one{two}}));
  pool.on_gone(two);
}

TEST_CASE("a connection that must be set up again takes no new calls", "[net][pool]") {
  auto pool = make();
  slot const one = with_one(pool);
  REQUIRE(pool.lease());
  pool.on_not_ready(one);
  CHECK(!pool.lease());
  CHECK((pool.next(t0 + 24h) == action{wait_until{}}));  // neither closed nor joined by another
  pool.on_ready(one, t0);
  CHECK(pool.lease() == one);
}

TEST_CASE("the connection that is always kept is not opened again and again", "[net][pool]") {
  auto pool = make({.max_connections = 3, .keep_one = true});
  slot const one = opened(pool);
  pool.on_failed(one, t0);
  auto const what = pool.next(t0);
  auto const* later = std::get_if<wait_until>(&what);
  REQUIRE(later);
  REQUIRE(later->until);
  CHECK(*later->until > t0);
  CHECK(std::holds_alternative<open_one>(pool.next(*later->until)));
}

TEST_CASE("a call does not wait because a connection failed before", "[net][pool]") {
  auto pool = make({.max_connections = 3, .keep_one = true});
  slot const one = opened(pool);
  pool.on_failed(one, t0);
  pool.add_waiting(1);
  CHECK(std::holds_alternative<open_one>(pool.next(t0)));
}
