// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/record_work.hpp"
#include "support/redis_server.hpp"

#include <mtp/core/error.hpp>
#include <mtp/redis/redis_records.hpp>

using namespace mtp;

namespace {

std::shared_ptr<record_store> rocked(test::redis_server const& server) {
  return redis_records(server.options(), "rocked");
}

/// Ends the connections of the store: those for commands, those that listen.
void cut_all(test::redis_server const& server) {
  server.run("CLIENT KILL TYPE normal");
  server.run("CLIENT KILL TYPE pubsub");
}

/// A store that rests notices the cut itself, and goes on.
task<> survive_cuts(test::redis_server const& server) {
  auto const store = rocked(server);
  co_await test::open_here(store);
  for (auto const* command : {"CLIENT KILL TYPE normal", "CLIENT KILL TYPE pubsub"}) {
    co_await test::put(store, "a", command);
    server.run(command);
    co_await test::expect(store, "a", command);
  }
  auto const other = rocked(server);
  auto work = test::open_and_close(other);
  auto const refused = co_await test::failure_of(std::move(work));
  CHECK(refused.code == client_errc::session_in_use);
  co_await store->close();
}

task<> survive_a_restart(test::redis_server& server) {
  auto const store = rocked(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "durable");
  server.crash();
  auto early = test::put(store, "a", "early");
  auto const down = co_await test::failure_of(std::move(early));
  CHECK(down.code == client_errc::storage);
  CHECK(down.text.find("account rocked of redis://") != std::string::npos);
  server.start();
  co_await test::expect(store, "a", "durable");
  co_await test::put(store, "a", "later");
  co_await store->close();
  co_await test::open_here(store);
  co_await test::expect(store, "a", "later");
  co_await store->close();
}

task<> lose_to_another(test::redis_server const& server) {
  auto const store = rocked(server);
  auto const other = rocked(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "mine");
  cut_all(server);
  co_await test::open_here(other);
  for (int i = 0; i < 2; ++i) {
    auto late = test::put(store, "a", "too late");
    auto const lost = co_await test::failure_of(std::move(late));
    CHECK(lost.code == client_errc::lease_lost);
  }
  co_await test::expect(other, "a", "mine");
  co_await other->close();
  auto after = test::put(store, "a", "much too late");
  auto const lost = co_await test::failure_of(std::move(after));
  CHECK(lost.code == client_errc::lease_lost);
  co_await store->close();
  co_await test::open_here(store);
  co_await test::expect(store, "a", "mine");
  co_await store->close();
}

/// Also who still has its connections.
task<> obey_the_fence(test::redis_server const& server) {
  auto const store = rocked(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "before");
  server.run("HINCRBY mtp:{rocked}:lease fence 1");
  auto late = test::put(store, "a", "late");
  auto const lost = co_await test::failure_of(std::move(late));
  CHECK(lost.code == client_errc::lease_lost);
  co_await store->close();
  co_await test::open_here(store);
  co_await test::expect(store, "a", "before");
  co_await store->close();
}

/// A server that stands still in the middle does not hold the store up for ever, and goes on later.
task<> outlast_a_stop(test::redis_server const& server) {
  auto options = server.options();
  options.patience = std::chrono::milliseconds(300);
  auto const store = redis_records(options, "rocked");
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  server.signal(SIGSTOP);
  auto stuck = test::put(store, "a", "2");
  auto const failed = co_await test::failure_of(std::move(stuck));
  auto again = test::put(store, "a", "3");
  auto const mute = co_await test::failure_of(std::move(again));
  server.signal(SIGCONT);
  CHECK(failed.code == client_errc::storage);
  CHECK(failed.reason == std::errc::timed_out);
  CHECK(mute.reason == std::errc::timed_out);
  co_await test::put(store, "a", "4");
  co_await test::expect(store, "a", "4");
  co_await store->close();
}

/// What the server refuses leaves nothing behind, and what comes next is done.
task<> run_out_of_memory(test::redis_server const& server) {
  auto const store = rocked(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  server.run("CONFIG SET maxmemory 1mb");
  write_batch batch;
  batch.erase(record_space::values, bytes{'a'});
  batch.put(record_space::values, bytes{'b'}, bytes(3'000'000, 1));
  auto work = store->commit(std::move(batch));
  auto const full = co_await test::failure_of(std::move(work));
  CHECK(full.code == client_errc::storage);
  CHECK(full.reason == std::errc::not_enough_memory);
  server.run("CONFIG SET maxmemory 0");
  co_await test::expect(store, "a", "1");
  co_await test::expect(store, "b", {});
  co_await test::put(store, "a", "2");
  co_await test::expect(store, "a", "2");
  co_await store->close();
}

/// Somebody else's keys under the names of ours.
task<> meet_damage(test::redis_server const& server) {
  auto const store = redis_records(server.options(), "damaged");
  server.run("SET mtp:{damaged}:values:14 text");
  co_await test::open_here(store);
  auto work = test::expect(store, "a", {});
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(failed.code == client_errc::bad_session_file);
  co_await store->close();
}

}  // namespace

TEST_CASE("connections to Redis that break are made anew", "[redis][faults]") {
  auto const* server = test::redis();
  if (server) test::run(survive_cuts(*server));
}

TEST_CASE("a store in Redis goes on after the server was started again", "[redis][faults]") {
  auto* server = test::redis();
  if (server) test::run(survive_a_restart(*server));
}

TEST_CASE("who lost an account in Redis to another writes no more", "[redis][faults]") {
  auto const* server = test::redis();
  if (!server) return;
  test::run(lose_to_another(*server));
  test::run(obey_the_fence(*server));
}

TEST_CASE("a server of Redis that says nothing is given up", "[redis][faults]") {
  auto const* server = test::redis();
  if (server) test::run(outlast_a_stop(*server));
}

TEST_CASE("a batch that Redis refuses leaves nothing behind", "[redis][faults]") {
  auto const* server = test::redis();
  if (server) test::run(run_out_of_memory(*server));
}

TEST_CASE("a store in Redis of a newer version, or damaged, is refused", "[redis][faults]") {
  auto const* server = test::redis();
  if (!server) return;
  test::run(meet_damage(*server));
  server->run("HSET mtp:{newer}:lease version 2");
  auto const newer = test::failure_of_opening(redis_records(server->options(), "newer"));
  CHECK(newer.code == client_errc::newer_store);
}

TEST_CASE("what is wrong with a connection to Redis is said without passwords", "[redis][faults]") {
  auto const* server = test::redis();
  if (!server) return;
  auto options = server->options();
  options.password = std::string("not-the-one");
  auto const wrong = test::failure_of_opening(redis_records(options, "a"));
  CHECK(wrong.code == client_errc::storage);
  CHECK(wrong.text.find("WRONGPASS") != std::string::npos);
  CHECK(wrong.text.find("not-the-one") == std::string::npos);
  options = server->options();
  options.database = 1000;
  auto const missing = test::failure_of_opening(redis_records(options, "a"));
  CHECK(missing.code == client_errc::storage);
  CHECK(missing.text.find("out of range") != std::string::npos);
  options.path += "-elsewhere";
  auto const nobody = test::failure_of_opening(redis_records(options, "a"));
  CHECK(nobody.text.find("No such file") != std::string::npos);
}

TEST_CASE("a name that no account in Redis can have is refused", "[redis]") {
  CHECK_THROWS_AS(redis_records({}, ""), error);
  CHECK_THROWS_AS(redis_records({}, std::string(256, 'a')), error);
  CHECK_THROWS_AS(redis_records({}, std::string("a\0b", 3)), error);
}
