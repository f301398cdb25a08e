// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/hrana_server.hpp"
#include "support/record_work.hpp"

#include <mtp/core/error.hpp>
#include <mtp/libsql/libsql_records.hpp>
#include <mtp/sqlite/sqlite_store.hpp>

using namespace mtp;

namespace {

libsql_options copied_to(test::hrana_server const& server, std::string account,
                         std::string const& file) {
  auto out = server.options(std::move(account));
  out.replica = server.file(file);
  return out;
}

/// A page of records is read only while the store is filled.
void forbid_reading(test::hrana_server const& server) {
  server.spoil("status_500", "order by id limit");
}

/// Reads ask nobody while the server stands still; writes go there first.
task<> read_here(test::hrana_server const& server) {
  auto options = copied_to(server, "here", "here");
  options.patience = std::chrono::milliseconds(3000);
  auto const store = libsql_records(options);
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  server.signal(SIGSTOP);
  co_await test::expect(store, "a", "1");
  auto work = test::put(store, "a", "2");
  auto const failed = co_await test::failure_of(std::move(work));
  server.signal(SIGCONT);
  CHECK(failed.reason == std::errc::timed_out);
  co_await test::put(store, "a", "3");
  co_await test::expect(store, "a", "3");
  co_await store->close();
  CHECK(server.run("select cast(value as text) from mtp_records where account = (select number "
                   "from mtp_accounts where account = 'here')") == "3");
}

/// A copy that is as new as the server is not filled again; what others wrote is fetched.
task<> fetch_what_others_wrote(test::hrana_server const& server) {
  auto const store = libsql_records(copied_to(server, "both", "first"));
  auto const other = libsql_records(copied_to(server, "both", "second"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  co_await store->close();
  forbid_reading(server);
  co_await test::open_here(store);
  CHECK(server.is_spoilt_still());
  std::filesystem::remove(server.file("fault"));
  co_await store->close();
  co_await test::open_here(other);
  co_await test::expect(other, "a", "1");
  co_await test::put(other, "a", "2");
  co_await test::put(other, "b", "2");
  co_await other->close();
  co_await test::open_here(store);
  co_await test::expect(store, "a", "2");
  co_await test::expect(store, "b", "2");
  co_await store->close();
}

/// Whether a commit was stored that was told to have failed, the copy says the same as the server.
task<> agree_after_a_cut(test::hrana_server const& server, bool stored) {
  auto const store = libsql_records(copied_to(server, "agree", "agree"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "before");
  server.spoil(stored ? "garbage" : "status_502", "begin immediate");
  auto work = test::put(store, "a", "after");
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(failed.code == client_errc::storage);
  co_await test::expect(store, "a", stored ? "after" : "before");
  co_await store->close();
}

/// What somebody wrote to the copy itself counts for nothing.
task<> throw_away_foreign_writes(test::hrana_server const& server) {
  auto const store = libsql_records(copied_to(server, "foreign", "foreign"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "real");
  co_await store->close();
  auto const copy = sqlite_records(server.file("foreign"));
  co_await test::open_here(copy);
  co_await test::expect(copy, "a", "real");
  co_await test::put(copy, "a", "made up");
  co_await copy->close();
  co_await test::open_here(store);
  co_await test::expect(store, "a", "real");
  co_await store->close();
}

task<> spare_other_stores(test::hrana_server const& server) {
  auto const own = sqlite_records(server.file("own"));
  co_await test::open_here(own);
  co_await test::put(own, "a", "mine");
  co_await own->close();
  auto work = test::open_and_close(libsql_records(copied_to(server, "spare", "own")));
  auto const refused = co_await test::failure_of(std::move(work));
  CHECK(refused.code == client_errc::bad_argument);
  co_await test::open_here(own);
  co_await test::expect(own, "a", "mine");
  co_await own->close();
}

task<> lose_with_a_copy(test::hrana_server const& server) {
  auto options = copied_to(server, "leased", "leased");
  options.lease = std::chrono::seconds(2);
  auto const store = libsql_records(options);
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  server.run("update mtp_accounts set fence = fence + 1 where account = 'leased'");
  auto const strand = co_await asio::this_coro::executor;
  co_await pause(real_environment(), strand, std::chrono::seconds(2));
  auto work = test::expect(store, "a", "1");
  auto const lost = co_await test::failure_of(std::move(work));
  CHECK(lost.code == client_errc::lease_lost);
  co_await store->close();
}

}  // namespace

TEST_CASE("a replica of libSQL is a store", "[libsql][suite]") {
  auto const* server = test::hrana();
  if (!server) return;
  int places = 0;
  test::check_suite([&] {
    auto const name = "replica" + std::to_string(++places);
    return [=] { return libsql_records(copied_to(*server, name, name)); };
  });
}

TEST_CASE("a replica of libSQL reads from its file and writes to the server", "[libsql][replica]") {
  auto const* server = test::hrana();
  if (server) test::run(read_here(*server));
}

TEST_CASE("a replica of libSQL fetches what others wrote, and nothing otherwise",
          "[libsql][replica]") {
  auto const* server = test::hrana();
  if (server) test::run(fetch_what_others_wrote(*server));
}

TEST_CASE("a replica of libSQL agrees with the server after a cut", "[libsql][replica]") {
  auto const* server = test::hrana();
  if (!server) return;
  test::run(agree_after_a_cut(*server, true));
  test::run(agree_after_a_cut(*server, false));
}

TEST_CASE("a replica of libSQL is a copy and nothing else", "[libsql][replica]") {
  auto const* server = test::hrana();
  if (!server) return;
  test::run(throw_away_foreign_writes(*server));
  test::run(spare_other_stores(*server));
}

TEST_CASE("who lost an account in libSQL does not read its replica", "[libsql][replica]") {
  auto const* server = test::hrana();
  if (server) test::run(lose_with_a_copy(*server));
}
