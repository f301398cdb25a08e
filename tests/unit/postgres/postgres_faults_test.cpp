// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/postgres_server.hpp"
#include "support/record_work.hpp"

#include <mtp/core/error.hpp>
#include <mtp/postgres/postgres_records.hpp>

#include <sys/socket.h>
#include <sys/un.h>

using namespace mtp;

namespace {

constexpr char const* of_account =
    "pid in (select pid from pg_locks where locktype = 'advisory' and objid = (select number from "
    "mtp_accounts where account = 'shaken'))";

std::shared_ptr<record_store> shaken(test::postgres_server const& server) {
  return postgres_records(server.connection(), "shaken");
}

/// Ends the connection of the store, as an administrator does or a network that breaks.
void cut(test::postgres_server const& server) {
  server.run(std::string("select pg_terminate_backend(pid, 5000) from pg_stat_activity where ") +
             of_account);
}

/// One operation says that the connection is gone; the next one goes on.
task<> survive_a_cut(test::postgres_server const& server) {
  auto const store = shaken(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  cut(server);
  auto again = test::put(store, "a", "2");
  auto const failed = co_await test::failure_of(std::move(again));
  CHECK(failed.code == client_errc::storage);
  CHECK(failed.reason == std::errc::connection_reset);
  CHECK(failed.text.find("account shaken of postgresql://") != std::string::npos);
  co_await test::expect(store, "a", "1");
  co_await test::put(store, "a", "3");
  co_await test::expect(store, "a", "3");
  co_await store->close();
}

task<> survive_a_restart(test::postgres_server& server) {
  auto const store = shaken(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "durable");
  server.crash();
  auto early = test::put(store, "a", "early");
  auto const down = co_await test::failure_of(std::move(early));
  CHECK(down.code == client_errc::storage);
  auto still = test::put(store, "a", "still early");
  auto const refused = co_await test::failure_of(std::move(still));
  CHECK(refused.code == client_errc::storage);
  CHECK(!refused.text.empty());
  server.start();
  co_await test::expect(store, "a", "durable");
  co_await test::put(store, "a", "later");
  co_await store->close();
  co_await test::open_here(store);
  co_await test::expect(store, "a", "later");
  co_await store->close();
}

/// After the crash of the server there are the first so many commits, whole, all that were at once.
task<> keep_order_in_a_crash(test::postgres_server& server) {
  auto const store = postgres_records(server.connection(), "crash");
  co_await test::open_here(store);
  for (int i = 0; i < 40; ++i) {
    auto const name = std::to_string(i);
    auto const how = i < 20 ? durability::at_once : durability::coalesced;
    co_await test::put(store, name, name, how);
  }
  server.crash();
  server.start();
  bool there = true;
  for (int i = 0; i < 40; ++i) {
    std::optional<std::string> found;
    try {
      found = co_await test::get(store, std::to_string(i));
    } catch (store_error const&) {
      if (i > 0) throw;  // the connection broke with the server, which the first one notices
      continue;
    }
    CHECK((found || i >= 20));
    CHECK((there || !found));
    there = found.has_value();
  }
  co_await store->close();
}

/// Who comes while the connection is cut is the holder from then on.
task<> lose_to_another(test::postgres_server const& server) {
  auto const store = shaken(server);
  auto const other = shaken(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "mine");
  cut(server);
  co_await test::open_here(other);
  auto first = test::put(store, "a", "late");
  (void)co_await test::failure_of(std::move(first));
  for (int i = 0; i < 2; ++i) {
    auto later = test::put(store, "a", "too late");
    auto const lost = co_await test::failure_of(std::move(later));
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

/// Also who still has a connection: something in between may have given the lock to another.
task<> obey_the_fence(test::postgres_server const& server) {
  auto const store = shaken(server);
  co_await test::open_here(store);
  co_await test::put(store, "a", "before");
  server.run("update mtp_accounts set fence = fence + 1 where account = 'shaken'");
  auto late = test::put(store, "a", "late");
  auto const lost = co_await test::failure_of(std::move(late));
  CHECK(lost.code == client_errc::lease_lost);
  co_await store->close();
  co_await test::open_here(store);
  co_await test::expect(store, "a", "before");
  co_await store->close();
}

/// The server has not noticed yet that the connection is gone, and holds its lock: it stands still.
task<> end_the_ghost(test::postgres_server const& server) {
  auto const store =
      postgres_records(server.connection(), "shaken", {.patience = std::chrono::seconds(2)});
  co_await test::open_here(store);
  co_await test::put(store, "a", "1");
  std::unique_ptr<PGconn, void (*)(PGconn*)> blocker(PQconnectdb(server.connection().c_str()),
                                                     PQfinish);
  PQclear(PQexec(blocker.get(), "begin; lock table mtp_records in exclusive mode"));
  auto waiting = test::put(store, "a", "stuck");
  auto const stuck = co_await test::failure_of(std::move(waiting));
  CHECK(stuck.code == client_errc::storage);
  CHECK(stuck.reason == std::errc::timed_out);
  co_await test::expect(store, "a", "1");
  PQclear(PQexec(blocker.get(), "rollback"));
  co_await test::expect(store, "a", "1");  // what was stuck did not come after all
  co_await test::put(store, "a", "2");
  co_await test::expect(store, "a", "2");
  co_await store->close();
}

/// A server that accepts and says nothing.
class mute_server {
 public:
  mute_server() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const path = (folder_ / ".s.PGSQL.5432").string();
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(socket_, 5) == 0);
  }
  mute_server(mute_server const&) = delete;
  mute_server& operator=(mute_server const&) = delete;
  ~mute_server() { ::close(socket_); }
  std::string folder() const { return folder_.path().string(); }

 private:
  test::temporary_folder folder_;
  int socket_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
};

}  // namespace

TEST_CASE("a connection to PostgreSQL that breaks is told, and made anew", "[postgres][faults]") {
  auto const* server = test::postgres();
  if (server) test::run(survive_a_cut(*server));
}

TEST_CASE("a store in PostgreSQL goes on after the server was started again",
          "[postgres][faults]") {
  auto* server = test::postgres();
  if (server) test::run(survive_a_restart(*server));
}

TEST_CASE("the crash of PostgreSQL leaves whole commits in their order", "[postgres][faults]") {
  auto* server = test::postgres();
  if (server) test::run(keep_order_in_a_crash(*server));
}

TEST_CASE("who lost an account in PostgreSQL to another writes no more", "[postgres][faults]") {
  auto const* server = test::postgres();
  if (!server) return;
  test::run(lose_to_another(*server));
  test::run(obey_the_fence(*server));
}

TEST_CASE("what a broken connection to PostgreSQL was about to write does not come later",
          "[postgres][faults]") {
  auto const* server = test::postgres();
  if (server) test::run(end_the_ghost(*server));
}

TEST_CASE("a store in PostgreSQL of a newer version or without its tables is refused",
          "[postgres][faults]") {
  auto const* server = test::postgres();
  if (!server) return;
  test::run(test::open_and_close(shaken(*server)));
  server->run("update mtp_store set version = 2");
  auto const newer = test::failure_of_opening(shaken(*server));
  CHECK(newer.code == client_errc::newer_store);
  server->run("update mtp_store set version = 1; alter table mtp_records rename column value to x");
  auto const read = [&]() -> task<> {
    auto const store = shaken(*server);
    co_await test::open_here(store);
    auto work = test::put(store, "a", "1");
    auto const failed = co_await test::failure_of(std::move(work));
    CHECK(failed.code == client_errc::bad_session_file);
    co_await store->close();
  };
  test::run(read());
  server->run("alter table mtp_records rename column x to value");
}

TEST_CASE("what is wrong with a connection to PostgreSQL is said without passwords",
          "[postgres][faults]") {
  auto const* server = test::postgres();
  if (!server) return;
  auto const wrong =
      test::failure_of_opening(postgres_records(server->connection("not-the-one"), "a"));
  CHECK(wrong.code == client_errc::storage);
  CHECK(wrong.text.find("password authentication failed") != std::string::npos);
  CHECK(wrong.text.find("not-the-one") == std::string::npos);
  auto const missing = test::failure_of_opening(
      postgres_records(server->connection(test::postgres_server::password, "nowhere"), "a"));
  CHECK(missing.code == client_errc::storage);
  CHECK(missing.text.find("database \"nowhere\" does not exist") != std::string::npos);
  CHECK(missing.text.find(test::postgres_server::password) == std::string::npos);
}

TEST_CASE("a connection string of PostgreSQL that cannot be read is refused", "[postgres]") {
  for (std::string const text : {"host=h my-secret", "postgresql://u:my-secret@x@host/db",
                                 "host=h password='my-secret", "nonsense=my-secret"}) {
    INFO(text);
    std::string said;
    try {
      postgres_records(text, "a");
    } catch (error const& e) {
      CHECK(e.code() == client_errc::bad_argument);
      said = e.what();
    }
    CHECK(!said.empty());
    CHECK(said.find("my-secret") == std::string::npos);
  }
  CHECK_THROWS_AS(postgres_records("host=h", ""), error);
  CHECK_THROWS_AS(postgres_records("host=h", std::string(256, 'a')), error);
  CHECK_THROWS_AS(postgres_records("host=h", std::string("a\0b", 3)), error);
}

TEST_CASE("a server of PostgreSQL that accepts and says nothing is given up", "[postgres]") {
  mute_server const mute;
  auto const failed = test::failure_of_opening(
      postgres_records("host=" + mute.folder(), "a", {.patience = std::chrono::milliseconds(200)}));
  CHECK(failed.code == client_errc::storage);
  CHECK(failed.reason == std::errc::timed_out);
}
