// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/postgres/postgres_records.hpp>

#include "support/catch.hpp"
#include "support/postgres_server.hpp"
#include "support/record_work.hpp"
#include "support/store_holder.hpp"

#include <mtp/storage/sealed_store.hpp>

using namespace mtp;

namespace {

/// Each check has an account of its own in one database.
void run_suite(std::string const& kind, bool sealed) {
  auto const* server = test::postgres();
  if (!server) return;
  int places = 0;
  test::check_suite([&] {
    auto const account = kind + std::to_string(++places);
    return [=]() -> std::shared_ptr<record_store> {
      auto const plain = postgres_records(server->connection(), account);
      if (!sealed) return plain;
      return sealed_records(plain, store_key{.key = bytes(32, 1)});
    };
  });
}

task<> keep_apart(std::shared_ptr<record_store> one, std::shared_ptr<record_store> other) {
  co_await test::open_here(one);
  co_await test::open_here(other);
  co_await test::put(one, "a", "of one");
  co_await test::expect(other, "a", {});
  co_await test::put(other, "a", "of the other");
  write_batch batch;
  batch.clear(record_space::values);
  co_await other->commit(std::move(batch));
  co_await test::expect(one, "a", "of one");
  co_await one->close();
  co_await other->close();
}

/// The last word on each record counts, whatever came before in the batch.
task<> write_over_and_over(std::shared_ptr<record_store> store) {
  co_await test::open_here(store);
  co_await test::put(store, "before", "1");
  bytes const a{'a'}, b{'b'}, c{'c'};
  write_batch batch;
  batch.put(record_space::values, a, a).clear(record_space::values);
  batch.put(record_space::values, b, a).put(record_space::values, b, b);
  batch.put(record_space::values, c, c).erase(record_space::values, c);
  batch.put(record_space::peers, c, c);
  co_await store->commit(std::move(batch));
  co_await test::expect(store, "before", {});
  co_await test::expect(store, "a", {});
  co_await test::expect(store, "b", "b");
  co_await test::expect(store, "c", {});
  co_await store->close();
}

}  // namespace

TEST_CASE("a store in PostgreSQL is a store", "[postgres][suite]") { run_suite("plain", false); }

TEST_CASE("an encrypted store in PostgreSQL is a store", "[postgres][suite]") {
  run_suite("sealed", true);
}

TEST_CASE("holds a store in PostgreSQL until it is killed", "[.holder]") {
  test::run(test::hold_store(postgres_records(test::held_path(), "held")));
}

TEST_CASE(
    "of two processes on one account in PostgreSQL one works, and the other follows a dead "
    "one",
    "[postgres][suite]") {
  auto const* server = test::postgres();
  if (!server) return;
  auto const make = [&] { return postgres_records(server->connection(), "held"); };
  test::check_two_processes("[.holder]", server->connection(), make,
                            {.grace = std::chrono::seconds(10)});
}

TEST_CASE("accounts in one database of PostgreSQL know nothing of each other",
          "[postgres][records]") {
  auto const* server = test::postgres();
  if (!server) return;
  test::run(keep_apart(postgres_records(server->connection(), "Ada's account"),
                       postgres_records(server->connection(), "ada's account")));
}

TEST_CASE("a server of PostgreSQL is reached by TCP too", "[postgres][records]") {
  auto const* server = test::postgres();
  if (!server) return;
  auto const store = postgres_records(server->connection_by_tcp(), "far");
  auto const work = [&]() -> task<> {
    co_await test::open_here(store);
    co_await test::put(store, "a", std::string(2'000'000, 'x'));
    co_await test::expect(store, "a", std::string(2'000'000, 'x'));
    co_await store->close();
  };
  test::run(work());
}

TEST_CASE("a batch in PostgreSQL writes each record once, as it was said last",
          "[postgres][records]") {
  auto const* server = test::postgres();
  if (!server) return;
  test::run(write_over_and_over(postgres_records(server->connection(), "over")));
}
