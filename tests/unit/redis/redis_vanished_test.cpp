// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/black_hole.hpp"
#include "support/record_work.hpp"
#include "support/redis_server.hpp"

#include <mtp/redis/redis_records.hpp>

#include <chrono>

using namespace mtp;
using namespace std::chrono_literals;

namespace {

redis_options through(test::redis_server const& server, int port) {
  auto out = server.options_by_tcp();
  out.port = port;
  out.patience = 1s;
  out.connect_patience = 300ms;
  return out;
}

task<> fail_in_time(std::shared_ptr<record_store> store, duration at_most) {
  auto const began = std::chrono::steady_clock::now();
  auto work = test::put(store, "a", "into nothing");
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(std::chrono::steady_clock::now() - began < at_most);
  CHECK(failed.code == client_errc::storage);
  CHECK(failed.reason == std::errc::timed_out);
}

task<> survive_a_hole(test::redis_server const& server) {
  test::black_hole way(server.options_by_tcp().port);
  auto const store = redis_records(through(server, way.port()), "vanished");
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  way.swallow();
  co_await fail_in_time(store, 5s);
  co_await fail_in_time(store, 5s);  // connecting again
  way.heal();
  co_await test::expect(store, "a", "1");
  co_await test::put(store, "a", "2");
  co_await store->close();
}

/// The server has given the vanished one up, and another came.
task<> lose_in_a_hole(test::redis_server const& server) {
  test::black_hole way(server.options_by_tcp().port);
  auto const store = redis_records(through(server, way.port()), "vanished");
  auto const other = redis_records(server.options(), "vanished");
  co_await test::open_here(store);
  way.swallow(true);
  auto const strand = co_await asio::this_coro::executor;
  co_await other->open(real_environment(), strand, lease_options{.grace = 20s});
  co_await test::put(other, "a", "of the other");
  co_await fail_in_time(store, 5s);
  way.heal();
  auto late = test::put(store, "a", "late");
  auto const lost = co_await test::failure_of(std::move(late));
  CHECK(lost.code == client_errc::lease_lost);
  co_await test::expect(other, "a", "of the other");
  co_await other->close();
  co_await store->close();
}

}  // namespace

TEST_CASE("a server of Redis that vanished is told in time, and found again", "[redis][faults]") {
  auto const* server = test::redis();
  if (server) test::run(survive_a_hole(*server));
}

TEST_CASE("who vanished from Redis learns that another has the account", "[redis][faults]") {
  auto const* server = test::redis();
  if (server) test::run(lose_in_a_hole(*server));
}
