// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/environment.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/sqlite/sqlite_store.hpp>
#include <mtp/storage/store_error.hpp>

#include <asio/this_coro.hpp>
#include <sqlite3.h>

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

using namespace mtp;

namespace {

bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }

void execute(sqlite3* database, std::string const& text) {
  if (sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(database));
}

write_batch position(std::string_view value) {
  write_batch batch;
  batch.put(record_space::update_state, to_bytes("at"), to_bytes(value));
  return batch;
}

task<> open_here(record_store& store) {
  auto const strand = co_await asio::this_coro::executor;
  auto work = store.open(real_environment(), strand);
  co_await std::move(work);
}

int number_in(sqlite3* database, char const* query) {
  sqlite3_stmt* rows = nullptr;
  REQUIRE(sqlite3_prepare_v2(database, query, -1, &rows, nullptr) == SQLITE_OK);
  REQUIRE(sqlite3_step(rows) == SQLITE_ROW);
  int const found = sqlite3_column_int(rows, 0);
  sqlite3_finalize(rows);
  return found;
}

task<> expect_no_orders(sqlite_store& store) {
  int count = -1;
  sqlite_store::database_work look = [&](sqlite3* in) {
    count = number_in(in, "select count(*) from orders");
  };
  co_await store.run(std::move(look));
  CHECK(count == 0);
}

/// Leaves transactions open, by the end of the work and by an error.
task<> leave_transactions(std::string path) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  sqlite_store::database_work make = [](sqlite3* in) { execute(in, "create table orders (id)"); };
  co_await store->run(std::move(make));
  for (bool const throws : {false, true}) {
    sqlite_store::database_work leave = [throws](sqlite3* in) {
      execute(in, "begin; insert into orders values (1)");
      if (throws) throw std::runtime_error("out of stock");
    };
    bool told = false;
    try {
      co_await store->run(std::move(leave));
    } catch (std::runtime_error const&) {
      told = true;
    }
    CHECK(told == throws);
    auto batch = position("1");
    co_await store->commit(std::move(batch));
    co_await expect_no_orders(*store);
  }
  co_await store->close();
}

/// How much SQLite waits for the disk after a commit that is coalesced: 2 is for everything.
task<> coalesce(std::string path, int& waits) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  auto batch = position("1");
  co_await store->commit(std::move(batch), durability::coalesced);
  sqlite_store::database_work look = [&](sqlite3* in) {
    waits = number_in(in, "pragma synchronous");
  };
  co_await store->run(std::move(look));
  co_await store->close();
}

/// Another connection, for as long as this lives.
class other_program {
 public:
  explicit other_program(std::string const& path) { sqlite3_open(path.c_str(), &database_); }
  other_program(other_program const&) = delete;
  other_program& operator=(other_program const&) = delete;
  ~other_program() { sqlite3_close(database_); }
  void execute(char const* text) { ::execute(database_, text); }

 private:
  sqlite3* database_ = nullptr;
};

/// Loses the lock while a commit waits for another program.
task<> lose_lock_waiting(std::string path) {
  auto const strand = co_await asio::this_coro::executor;
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  other_program other(path);
  other.execute("begin immediate");
  std::error_code refused;
  auto const write = [&]() -> task<> {
    try {
      auto batch = position("1");
      co_await store->commit(std::move(batch));
    } catch (store_error const& e) {
      refused = e.code();
    }
  };
  auto const lose = [&]() -> task<> {
    co_await test::pause(std::chrono::milliseconds(200));
    std::filesystem::remove(path + ".lock");
    other.execute("commit");
  };
  std::function<void(task_scope&)> const start = [&](task_scope& scope) {
    scope.spawn(write());
    scope.spawn(lose());
  };
  co_await task_scope::run(strand, start);
  CHECK(refused == client_errc::lease_lost);
  co_await store->close();
}

/// Closes while somebody reads what was there before.
task<> close_beside_reader(std::string path) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  other_program other(path);
  other.execute("begin; select count(*) from mtp_records");
  auto batch = position("1");
  co_await store->commit(std::move(batch), durability::coalesced);
  co_await store->close();
  other.execute("commit");
  co_await open_here(*store);
  record_key key(record_space::update_state, to_bytes("at"));
  auto const found = co_await store->get(std::move(key));
  CHECK(found == to_bytes("1"));
  co_await store->close();
}

}  // namespace

TEST_CASE("who lost the lock while it waited for the database writes no more",
          "[sqlite][records]") {
  test::temporary_folder folder;
  test::run(lose_lock_waiting((folder / "account").string()));
}

TEST_CASE("a transaction that a program left open is rolled back", "[sqlite][records]") {
  test::temporary_folder folder;
  test::run(leave_transactions((folder / "account").string()));
}

TEST_CASE("a database is closed beside one who reads it", "[sqlite][records]") {
  test::temporary_folder folder;
  test::run(close_beside_reader((folder / "account").string()));
}

TEST_CASE("a database without a log waits for the disk at each commit", "[sqlite][records]") {
  test::temporary_folder folder;
  int waits = 0;
  test::run(coalesce((folder / "with").string(), waits));
  CHECK(waits == 1);
  auto* const usual = sqlite3_vfs_find(nullptr);
  REQUIRE(sqlite3_vfs_register(sqlite3_vfs_find("unix-none"), 1) == SQLITE_OK);
  CHECK_NOTHROW(test::run(coalesce((folder / "without").string(), waits)));
  sqlite3_vfs_register(usual, 1);
  CHECK(waits == 2);
}
