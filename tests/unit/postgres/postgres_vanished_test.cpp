// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/black_hole.hpp"
#include "support/postgres_server.hpp"
#include "support/record_work.hpp"

#include <mtp/postgres/postgres_records.hpp>

#include <netinet/tcp.h>

#include <chrono>

using namespace mtp;
using namespace std::chrono_literals;

namespace {

postgres_options impatient() { return {.patience = 1s, .connect_patience = 300ms, .vanished = 5s}; }

/// How long an operation takes that nobody answers, and how it fails.
task<> fail_in_time(std::shared_ptr<record_store> store, duration at_most) {
  auto const began = std::chrono::steady_clock::now();
  auto work = test::put(store, "a", "into nothing");
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(std::chrono::steady_clock::now() - began < at_most);
  CHECK(failed.code == client_errc::storage);
  CHECK(failed.reason == std::errc::timed_out);
}

task<> survive_a_hole(test::postgres_server const& server) {
  test::black_hole way(server.port());
  auto const store =
      postgres_records(server.connection_through(way.port()), "vanished", impatient());
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
task<> lose_in_a_hole(test::postgres_server const& server) {
  test::black_hole way(server.port());
  auto const store =
      postgres_records(server.connection_through(way.port()), "vanished", impatient());
  auto const other = postgres_records(server.connection(), "vanished");
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

TEST_CASE("a server of PostgreSQL that vanished is told in time, and found again",
          "[postgres][faults]") {
  auto const* server = test::postgres();
  if (server) test::run(survive_a_hole(*server));
}

TEST_CASE("who vanished from PostgreSQL learns that another has the account",
          "[postgres][faults]") {
  auto const* server = test::postgres();
  if (server) test::run(lose_in_a_hole(*server));
}

TEST_CASE("both ends of a connection to PostgreSQL notice a machine that vanished",
          "[postgres][faults]") {
  auto const* server = test::postgres();
  if (!server) return;
  auto const work = [&]() -> task<> {
    auto const store = postgres_records(server->connection_by_tcp(), "vanished", impatient());
    co_await test::open_here(store);
    postgres_store::database_work const look = [](PGconn* at) {
      std::unique_ptr<PGresult, void (*)(PGresult*)> const said(
          PQexec(at,
                 "select current_setting('tcp_keepalives_idle') || ' ' || "
                 "current_setting('tcp_keepalives_interval')"),
          PQclear);
      CHECK(std::string(PQgetvalue(said.get(), 0, 0)) == "2 1");
      int idle = 0;
      socklen_t size = sizeof idle;
      ::getsockopt(PQsocket(at), IPPROTO_TCP, TCP_KEEPIDLE, &idle, &size);
      CHECK(idle == 2);
    };
    co_await store->run(look);
    co_await store->close();
  };
  test::run(work());
}
