// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/hrana_server.hpp"
#include "support/record_work.hpp"

#include <mtp/core/error.hpp>
#include <mtp/libsql/libsql_records.hpp>

using namespace mtp;

namespace {

libsql_options patient(test::hrana_server const& server, char const* account) {
  auto out = server.options(account);
  out.patience = std::chrono::milliseconds(1500);
  return out;
}

std::string stamp_of(test::hrana_server const& server, std::string const& account) {
  return server.run("select stamp from mtp_accounts where account = '" + account + "'");
}

/// The commit is sent again, and stored once.
task<> survive_lost_answers(test::hrana_server const& server) {
  auto const store = libsql_records(server.options("cut"));
  co_await test::open_here(store);
  int commits = 0;
  for (auto const* kind : {"cut_before", "cut_after", "cut_inside"}) {
    server.spoil(kind, "begin immediate");
    co_await test::put(store, "a", kind);
    CHECK(!server.is_spoilt_still());
    CHECK(stamp_of(server, "cut") == std::to_string(++commits));
    co_await test::expect(store, "a", kind);
  }
  co_await store->close();
}

/// It may have been stored or not; what comes next knows, and it does not come later.
task<> find_out_later(test::hrana_server const& server, bool stored) {
  auto const store = libsql_records(server.options("unsure"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "before");
  server.spoil(stored ? "garbage" : "status_502", "begin immediate");
  auto work = test::put(store, "a", "after");
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(failed.code == client_errc::storage);
  co_await test::expect(store, "a", stored ? "after" : "before");
  co_await test::put(store, "a", "later");
  co_await test::expect(store, "a", "later");
  co_await store->close();
}

/// The request that nobody waits for any more is executed after all, but not on top of later ones.
task<> come_too_late(test::hrana_server const& server) {
  auto const store = libsql_records(patient(server, "late"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  server.spoil("mute", "begin immediate");
  auto work = test::put(store, "a", "ghost");
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(failed.reason == std::errc::timed_out);
  co_await test::expect(store, "a", "1");
  auto const strand = co_await asio::this_coro::executor;
  co_await pause(real_environment(), strand, std::chrono::seconds(3));
  co_await test::expect(store, "a", "1");
  co_await store->close();
}

task<> tell(test::hrana_server const& server, std::string kind, std::error_code reason) {
  bool const slow = kind == "drip";
  auto const store = libsql_records(slow ? patient(server, "told") : server.options("told"));
  co_await test::open_here(store);
  server.spoil(kind, "mtp_records");
  auto work = test::expect(store, "a", {});
  auto const failed = co_await test::failure_of(std::move(work));
  INFO(kind << ": " << failed.text);
  CHECK(failed.code == client_errc::storage);
  CHECK(failed.reason == reason);
  CHECK(failed.text.find("account told of http://127.0.0.1") != std::string::npos);
  CHECK(failed.text.find(test::hrana_server::token) == std::string::npos);
  co_await test::expect(store, "a", {});
  co_await store->close();
}

task<> scan_two(std::shared_ptr<record_store> store) {
  auto const page = co_await store->scan(record_range(record_space::values));
  CHECK(page.size() == 2);
}

/// Rows that were not asked for are not taken.
task<> refuse_repeated_rows(test::hrana_server const& server) {
  auto const store = libsql_records(server.options("twice"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  co_await test::put(store, "b", "2");
  server.spoil("twice", "order by id limit");
  auto work = scan_two(store);
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(failed.reason == std::errc::bad_message);
  co_await scan_two(store);
  co_await store->close();
}

/// In the middle of a transaction of several requests: none of it is stored, and the next one is.
task<> stay_with_the_stream(test::hrana_server const& server, std::string kind) {
  auto const store = libsql_records(server.options(kind));
  co_await test::open_here(store);
  co_await test::put(store, "a", "before");
  server.spoil(kind, "begin immediate");
  std::string const large(max_record_value / 2, 'x');
  auto work = test::put(store, "a", large);
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(!server.is_spoilt_still());
  CHECK(failed.code == client_errc::storage);
  CHECK(failed.text.find(test::hrana_server::token) == std::string::npos);
  co_await test::expect(store, "a", "before");
  co_await test::put(store, "a", large);
  co_await test::expect(store, "a", large);
  co_await store->close();
}

/// Somebody else writes for as long as we have patience, and then for less.
task<> wait_for_others(test::hrana_server const& server) {
  auto const store = libsql_records(patient(server, "busy"));
  co_await test::open_here(store);
  sqlite3* other = nullptr;
  sqlite3_open(server.database().c_str(), &other);
  REQUIRE(sqlite3_exec(other, "begin immediate", nullptr, nullptr, nullptr) == SQLITE_OK);
  auto work = test::put(store, "a", "1");
  auto const failed = co_await test::failure_of(std::move(work));
  CHECK(failed.reason == std::errc::device_or_resource_busy);
  std::thread later([other] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    sqlite3_close(other);
  });
  co_await test::put(store, "a", "2");
  later.join();
  co_await test::expect(store, "a", "2");
  co_await store->close();
}

task<> lose_in_libsql(test::hrana_server const& server) {
  auto const store = libsql_records(server.options("lost"));
  auto const other = libsql_records(server.options("lost"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "mine");
  server.run("update mtp_accounts set until = 0 where account = 'lost'");
  co_await test::open_here(other);
  for (int i = 0; i < 2; ++i) {
    auto late = test::put(store, "a", "too late");
    auto const lost = co_await test::failure_of(std::move(late));
    CHECK(lost.code == client_errc::lease_lost);
  }
  auto reading = test::expect(store, "a", "mine");
  auto const lost = co_await test::failure_of(std::move(reading));
  CHECK(lost.code == client_errc::lease_lost);
  co_await store->close();
  co_await test::expect(other, "a", "mine");
  co_await other->close();
}

/// Who died on another machine is followed when its lease is over.
task<> follow_another_machine(test::hrana_server const& server) {
  auto const store = libsql_records(server.options("far"));
  co_await test::open_and_close(store);
  server.run(
      "update mtp_accounts set until = strftime('%s', 'now') + 2, host = 'elsewhere', process = 1, "
      "machine = 'another', holder = 'somebody' where account = 'far'");
  auto early = test::open_and_close(store);
  auto const refused = co_await test::failure_of(std::move(early));
  CHECK(refused.code == client_errc::session_in_use);
  CHECK(refused.text.find("elsewhere") != std::string::npos);
  auto const strand = co_await asio::this_coro::executor;
  lease_options how;
  how.grace = std::chrono::seconds(10);
  co_await store->open(real_environment(), strand, how);
  co_await store->close();
}

task<> survive_a_crash(test::hrana_server& server) {
  auto const store = libsql_records(server.options("crash"));
  co_await test::open_here(store);
  co_await test::put(store, "a", "durable");
  server.crash();
  auto early = test::put(store, "a", "early");
  auto const down = co_await test::failure_of(std::move(early));
  CHECK(down.code == client_errc::storage);
  server.start();
  co_await test::expect(store, "a", "durable");
  co_await test::put(store, "a", "later");
  co_await test::expect(store, "a", "later");
  co_await store->close();
}

}  // namespace

TEST_CASE("a commit in libSQL whose answer is lost is stored once", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (server) test::run(survive_lost_answers(*server));
}

TEST_CASE("what became of a commit in libSQL is found out by the next operation",
          "[libsql][faults]") {
  auto const* server = test::hrana();
  if (!server) return;
  test::run(find_out_later(*server, true));
  test::run(find_out_later(*server, false));
}

TEST_CASE("a commit in libSQL that was given up does not come later", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (server) test::run(come_too_late(*server));
}

TEST_CASE("what a server of libSQL answers wrongly is told", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (!server) return;
  auto const bad = std::make_error_code(std::errc::bad_message);
  for (auto const* kind : {"garbage", "deep", "wide", "short", "fraction"})
    test::run(tell(*server, kind, bad));
  test::run(tell(*server, "huge", std::make_error_code(std::errc::message_size)));
  for (auto const* kind : {"endless", "headers"})
    test::run(tell(*server, kind, std::make_error_code(std::errc::message_size)));
  test::run(tell(*server, "drip", std::make_error_code(std::errc::timed_out)));
  test::run(tell(*server, "status_413", std::make_error_code(std::errc::message_size)));
  test::run(tell(*server, "status_403", std::make_error_code(std::errc::permission_denied)));
  test::run(tell(*server, "status_500", {}));
  test::run(tell(*server, "cut_inside", std::make_error_code(std::errc::connection_reset)));
}

TEST_CASE("a server of libSQL that repeats itself is not believed", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (server) test::run(refuse_repeated_rows(*server));
}

TEST_CASE("a stream of libSQL that is exchanged stores nothing", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (!server) return;
  for (auto const* kind : {"stranger", "away"}) test::run(stay_with_the_stream(*server, kind));
}

TEST_CASE("somebody else's transaction in libSQL is waited for", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (server) test::run(wait_for_others(*server));
}

TEST_CASE("who lost an account in libSQL to another writes no more", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (server) test::run(lose_in_libsql(*server));
}

TEST_CASE("a holder of libSQL that died elsewhere is followed when its lease is over",
          "[libsql][faults]") {
  auto const* server = test::hrana();
  if (server) test::run(follow_another_machine(*server));
}

TEST_CASE("a store in libSQL goes on after the server was started again", "[libsql][faults]") {
  auto* server = test::hrana();
  if (server) test::run(survive_a_crash(*server));
}

TEST_CASE("a wrong token of libSQL is refused, and not shown", "[libsql][faults]") {
  auto const* server = test::hrana();
  if (!server) return;
  auto options = server->options("a");
  options.token = std::string("not-the-one");
  auto const wrong = test::failure_of_opening(libsql_records(options));
  CHECK(wrong.code == client_errc::storage);
  CHECK(wrong.reason == std::errc::permission_denied);
  CHECK(wrong.text.find("not-the-one") == std::string::npos);
  options.url = "http://127.0.0.1:" + std::to_string(test::free_port());
  auto const nobody = test::failure_of_opening(libsql_records(options));
  CHECK(nobody.reason == std::errc::connection_refused);
}

TEST_CASE("a store in libSQL of a newer version, or of somebody else, is refused",
          "[libsql][faults]") {
  if (!test::has_python()) return;
  test::hrana_server const server;
  server.run("create table mtp_store (version); insert into mtp_store values (2)");
  auto const newer = test::failure_of_opening(libsql_records(server.options("a")));
  CHECK(newer.code == client_errc::newer_store);
  server.run(
      "update mtp_store set version = 1; create table mtp_accounts (other); "
      "create table mtp_records (space, id, value)");
  auto const other = test::failure_of_opening(libsql_records(server.options("a")));
  CHECK(other.code == client_errc::bad_session_file);
}

TEST_CASE("libSQL is spoken with over TLS, with a server that is trusted only",
          "[libsql][faults]") {
  if (!test::has_python()) return;
  test::temporary_folder const folder;
  auto const pem = (folder / "server.pem").string();
  auto const make =
      "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext "
      "subjectAltName=IP:127.0.0.1 -keyout " +
      pem + " -out " + pem + ".crt 2>/dev/null && cat " + pem + ".crt >> " + pem;
  REQUIRE(std::system(make.c_str()) == 0);
  test::hrana_server const server(pem);
  auto options = server.options("a");
  auto const stranger = test::failure_of_opening(libsql_records(options));
  CHECK(stranger.code == client_errc::storage);
  CHECK(stranger.text.find("certificate") != std::string::npos);
  options.authorities = pem + ".crt";
  test::run(test::open_and_close(libsql_records(options)));
}
