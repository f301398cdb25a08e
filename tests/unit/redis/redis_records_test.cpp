// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/redis/redis_records.hpp>

#include "support/catch.hpp"
#include "support/record_work.hpp"
#include "support/redis_server.hpp"
#include "support/store_holder.hpp"

#include <mtp/storage/sealed_store.hpp>

using namespace mtp;

namespace {

/// Each check has an account of its own in one server.
void run_redis_suite(std::string const& kind, bool sealed) {
  auto const* server = test::redis();
  if (!server) return;
  int places = 0;
  test::check_suite([&] {
    auto const account = kind + std::to_string(++places);
    return [=]() -> std::shared_ptr<record_store> {
      auto const plain = redis_records(server->options(), account);
      if (!sealed) return plain;
      return sealed_records(plain, store_key{.key = bytes(32, 1)});
    };
  });
}

/// Where a process that holds a store finds the server, as one word.
redis_options options_at(std::string const& path) {
  redis_options out;
  out.path = path;
  out.password = std::string(test::redis_server::password);
  return out;
}

task<> keep_accounts_apart(std::shared_ptr<record_store> one, std::shared_ptr<record_store> other) {
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

}  // namespace

TEST_CASE("a store in Redis is a store", "[redis][suite]") { run_redis_suite("plain", false); }

TEST_CASE("an encrypted store in Redis is a store", "[redis][suite]") {
  run_redis_suite("sealed", true);
}

TEST_CASE("holds a store in Redis until it is killed", "[.holder]") {
  test::run(test::hold_store(redis_records(options_at(test::held_path()), "held")));
}

TEST_CASE("of two processes on one account in Redis one works, and the other follows a dead one",
          "[redis][suite]") {
  auto const* server = test::redis();
  if (!server) return;
  auto const make = [&] { return redis_records(server->options(), "held"); };
  test::check_two_processes("[.holder]", server->options().path, make,
                            {.grace = std::chrono::seconds(10)});
}

TEST_CASE("accounts in one server of Redis know nothing of each other", "[redis][records]") {
  auto const* server = test::redis();
  if (!server) return;
  test::run(keep_accounts_apart(redis_records(server->options(), "Ada"),
                                redis_records(server->options(), "Ada}:ids")));
}

TEST_CASE("a server of Redis is reached by TCP too", "[redis][records]") {
  auto const* server = test::redis();
  if (!server) return;
  auto const store = redis_records(server->options_by_tcp(), "far");
  auto const work = [&]() -> task<> {
    co_await test::open_here(store);
    co_await test::put(store, "a", std::string(2'000'000, 'x'));
    co_await test::expect(store, "a", std::string(2'000'000, 'x'));
    co_await store->close();
  };
  test::run(work());
}
