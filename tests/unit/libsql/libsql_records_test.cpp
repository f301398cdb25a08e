// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/libsql/libsql_records.hpp>

#include "support/catch.hpp"
#include "support/hrana_server.hpp"
#include "support/record_work.hpp"
#include "support/store_holder.hpp"

#include <mtp/core/error.hpp>
#include <mtp/storage/sealed_store.hpp>

using namespace mtp;

namespace {

/// Each check has an account of its own in one database.
void run_libsql_suite(std::string const& kind, bool sealed) {
  auto const* server = test::hrana();
  if (!server) return;
  int places = 0;
  test::check_suite([&] {
    auto const account = kind + std::to_string(++places);
    return [=]() -> std::shared_ptr<record_store> {
      auto const plain = libsql_records(server->options(account));
      if (!sealed) return plain;
      return sealed_records(plain, store_key{.key = bytes(32, 1)});
    };
  });
}

libsql_options options_of(std::string url) {
  libsql_options out;
  out.url = std::move(url);
  return out;
}

libsql_options held_options(std::string url) {
  auto out = options_of(std::move(url));
  out.token = std::string(test::hrana_server::token);
  out.account = "held";
  return out;
}

task<> keep_libsql_apart(std::shared_ptr<record_store> one, std::shared_ptr<record_store> other) {
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

/// More than one request and one answer hold.
task<> store_much(std::shared_ptr<record_store> store) {
  co_await test::open_here(store);
  std::string large;
  for (int i = 0; large.size() < max_record_value; ++i) large += std::to_string(i) + '\0';
  large.resize(max_record_value);
  co_await test::put(store, "large", large);
  co_await test::put(store, "b", "small");
  co_await test::expect(store, "large", large);
  auto const page = co_await store->scan(record_range(record_space::values));
  REQUIRE(page.size() == 2);
  CHECK(as_text(page[1].value) == large);
  co_await store->close();
}

task<> keep_the_lease(std::shared_ptr<record_store> store, std::shared_ptr<record_store> other) {
  co_await test::open_here(store);
  auto const strand = co_await asio::this_coro::executor;
  co_await pause(real_environment(), strand, std::chrono::seconds(5));
  auto work = test::open_and_close(other);
  auto const refused = co_await test::failure_of(std::move(work));
  CHECK(refused.code == client_errc::session_in_use);
  co_await store->close();
  co_await test::open_and_close(other);
}

}  // namespace

TEST_CASE("a store in libSQL is a store", "[libsql][suite]") { run_libsql_suite("plain", false); }

TEST_CASE("an encrypted store in libSQL is a store", "[libsql][suite]") {
  run_libsql_suite("sealed", true);
}

TEST_CASE("holds a store in libSQL until it is killed", "[.holder]") {
  test::run(test::hold_store(libsql_records(held_options(test::held_path()))));
}

TEST_CASE("of two processes on one account in libSQL one works, and the other follows a dead one",
          "[libsql][suite]") {
  auto const* server = test::hrana();
  if (!server) return;
  auto const make = [&] { return libsql_records(server->options("held")); };
  test::check_two_processes("[.holder]", server->url(), make, {.grace = std::chrono::seconds(5)});
}

TEST_CASE("accounts in one database of libSQL know nothing of each other", "[libsql][records]") {
  auto const* server = test::hrana();
  if (!server) return;
  test::run(keep_libsql_apart(libsql_records(server->options("Ada")),
                              libsql_records(server->options(""))));
}

TEST_CASE("libSQL keeps values larger than one request", "[libsql][records]") {
  auto const* server = test::hrana();
  if (server) test::run(store_much(libsql_records(server->options("large"))));
}

TEST_CASE("a holder in libSQL that rests keeps its lease", "[libsql][records]") {
  auto const* server = test::hrana();
  if (!server) return;
  auto options = server->options("resting");
  options.lease = std::chrono::seconds(3);
  test::run(keep_the_lease(libsql_records(options), libsql_records(options)));
}

TEST_CASE("a local database of libSQL is one of SQLite", "[libsql][records]") {
  test::temporary_folder const folder;
  auto const path = (folder / "store").string();
  auto const work = [&]() -> task<> {
    auto const store = libsql_records(options_of("file:" + path));
    co_await test::open_here(store);
    co_await test::put(store, "a", "1");
    co_await store->close();
    auto const memory = libsql_records(options_of(":memory:"));
    co_await test::open_here(memory);
    co_await test::put(memory, "a", "1");
    co_await test::expect(memory, "a", "1");
    co_await memory->close();
  };
  test::run(work());
  CHECK(test::hrana_server::run_sql(path, "select cast(value as text) from mtp_records") == "1");
}

TEST_CASE("a url of libSQL that cannot be used is refused without repeating it", "[libsql]") {
  for (std::string const url :
       {"", "my-secret", "wss://host", "https://", "libsql://host/?authToken=my-secret",
        "https://user:my-secret@host", "file:", "file:a?my-secret", "http://host/path"}) {
    INFO(url);
    std::string said;
    try {
      libsql_records(options_of(url));
    } catch (error const& e) {
      CHECK(e.code() == client_errc::bad_argument);
      said = e.what();
    }
    CHECK(!said.empty());
    CHECK(said.find("my-secret") == std::string::npos);
  }
  auto options = options_of("file:somewhere");
  options.account = "a";
  CHECK_THROWS_AS(libsql_records(options), error);
  options = options_of("libsql://host");
  options.token = std::string("a\r\nX-More: b");
  CHECK_THROWS_AS(libsql_records(options), error);
  options.token = {};
  options.account = std::string(256, 'a');
  CHECK_THROWS_AS(libsql_records(options), error);
}
