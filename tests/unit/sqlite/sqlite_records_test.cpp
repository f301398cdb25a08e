// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/store_holder.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/sqlite/sqlite_store.hpp>
#include <mtp/storage/sealed_store.hpp>

#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

using namespace mtp;

namespace {

bytes to_bytes(std::string_view text) { return bytes(text.begin(), text.end()); }

void execute(sqlite3* database, std::string const& text) {
  if (sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(database));
}

/// What the program below keeps beside the records.
int orders_in(sqlite3* database) {
  sqlite3_stmt* rows = nullptr;
  REQUIRE(sqlite3_prepare_v2(database, "select count(*) from orders", -1, &rows, nullptr) == 0);
  REQUIRE(sqlite3_step(rows) == SQLITE_ROW);
  int const count = sqlite3_column_int(rows, 0);
  sqlite3_finalize(rows);
  return count;
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

task<> expect_position(sqlite_store& store, std::string value, int orders) {
  record_key key(record_space::update_state, to_bytes("at"));
  auto const found = co_await store.get(std::move(key));
  CHECK(found == to_bytes(value));
  int count = 0;
  sqlite_store::database_work look = [&](sqlite3* in) { count = orders_in(in); };
  co_await store.run(std::move(look));
  CHECK(count == orders);
}

task<> join_transactions(std::string path) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  sqlite_store::database_work make = [](sqlite3* in) { execute(in, "create table orders (id)"); };
  co_await store->run(std::move(make));
  sqlite_store::database_work good = [](sqlite3* in) {
    execute(in, "insert into orders values (1)");
  };
  auto first = position("1");
  co_await store->commit_with(std::move(first), std::move(good));
  co_await expect_position(*store, "1", 1);

  sqlite_store::database_work bad = [](sqlite3* in) {
    execute(in, "insert into orders values (2)");
    throw std::runtime_error("out of stock");
  };
  std::string said;
  try {
    auto second = position("2");
    co_await store->commit_with(std::move(second), std::move(bad));
  } catch (std::runtime_error const& e) {
    said = e.what();
  }
  CHECK(said == "out of stock");
  co_await expect_position(*store, "1", 1);
  auto third = position("3");
  co_await store->commit(std::move(third));
  co_await store->close();
  co_await open_here(*store);
  co_await expect_position(*store, "3", 1);
  co_await store->close();
}

task<> fill_disk(std::string path) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  auto before = position("1");
  co_await store->commit(std::move(before));
  sqlite_store::database_work narrow = [](sqlite3* in) {
    execute(in, "pragma max_page_count = 8");
  };
  co_await store->run(std::move(narrow));
  std::error_code why;
  try {
    auto large = position(std::string(100'000, 'x'));
    co_await store->commit(std::move(large));
  } catch (store_error const& e) {
    CHECK(e.code() == client_errc::storage);
    CHECK(e.place() == path);
    why = e.reason();
  }
  CHECK(why == std::errc::no_space_on_device);
  record_key key(record_space::update_state, to_bytes("at"));
  auto const found = co_await store->get(std::move(key));
  CHECK(found == to_bytes("1"));
  auto later = position("2");
  co_await store->commit(std::move(later));
  co_await store->close();
}

task<> lose_lock(std::string path) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  auto first = position("1");
  co_await store->commit(std::move(first));
  std::filesystem::remove(path + ".lock");
  std::error_code refused;
  try {
    auto second = position("2");
    co_await store->commit(std::move(second));
  } catch (store_error const& e) {
    refused = e.code();
  }
  CHECK(refused == client_errc::lease_lost);
  co_await store->close();
}

task<> change_version(std::string path) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  sqlite_store::database_work newer = [](sqlite3* in) {
    execute(in, "update mtp_store set version = 2");
  };
  co_await store->run(std::move(newer));
  co_await store->close();
}

task<> open_and_close(std::string path) {
  auto const store = sqlite_records(path);
  co_await open_here(*store);
  co_await store->close();
}

std::error_code error_of_opening(std::string const& path) {
  try {
    test::run(open_and_close(path));
  } catch (store_error const& e) {
    CHECK(e.place() == path);
    return e.code();
  }
  return {};
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

void run_suite(std::function<testing::record_store_factory()> const& place) {
  for (auto const& check : testing::record_store_suite()) {
    INFO(check.name);
    CHECK_NOTHROW(test::run(check.run(real_environment(), place())));
  }
}

}  // namespace

TEST_CASE("a store in a database of SQLite is a store", "[sqlite][suite]") {
  test::temporary_folder folder;
  int places = 0;
  run_suite([&] {
    auto const path = folder / ("s" + std::to_string(++places)).c_str();
    return [path] { return sqlite_records(path.string()); };
  });
}

TEST_CASE("an encrypted store in a database of SQLite is a store", "[sqlite][suite]") {
  test::temporary_folder folder;
  int places = 0;
  run_suite([&] {
    auto const path = folder / ("s" + std::to_string(++places)).c_str();
    return [path] {
      return sealed_records(sqlite_records(path.string()), store_key{.key = bytes(32, 1)});
    };
  });
}

TEST_CASE("holds a store in SQLite until it is killed", "[.holder]") {
  test::run(test::hold_store(sqlite_records(test::held_path())));
}

TEST_CASE("of two processes on one database one works, and the other follows a dead one",
          "[sqlite][suite]") {
  test::temporary_folder folder;
  auto const path = folder / "account";
  test::check_two_processes("[.holder]", path, [path] { return sqlite_records(path.string()); });
}

TEST_CASE("tables of one's own join a transaction of the store", "[sqlite][records]") {
  test::temporary_folder folder;
  test::run(join_transactions((folder / "account").string()));
}

TEST_CASE("a database without room keeps what it has", "[sqlite][records]") {
  test::temporary_folder folder;
  test::run(fill_disk((folder / "account").string()));
}

TEST_CASE("who lost the lock of a database writes no more", "[sqlite][records]") {
  test::temporary_folder folder;
  test::run(lose_lock((folder / "account").string()));
}

TEST_CASE("a database of another kind or of a newer version is refused", "[sqlite][records]") {
  test::temporary_folder folder;
  auto const path = (folder / "account").string();
  test::run(change_version(path));
  auto const content = [](std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  {
    other_program other(path);
    other.execute("pragma journal_mode = delete");
  }
  auto const before = content(path);
  CHECK(error_of_opening(path) == client_errc::newer_store);
  CHECK(content(path) == before);
  auto const other = (folder / "other").string();
  std::string const text(5000, 'x');
  std::ofstream(other) << text;
  CHECK(error_of_opening(other) == client_errc::bad_session_file);
  std::ifstream in(other);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == text);
}

TEST_CASE("a database of records is its owner's only", "[sqlite][records]") {
  test::temporary_folder folder;
  auto const store = sqlite_records((folder / "account").string());
  auto const modes = [&]() -> task<> {
    co_await open_here(*store);
    auto first = position("1");
    co_await store->commit(std::move(first));
    for (auto const* name : {"account", "account-wal", "account-shm", "account.lock"}) {
      struct stat about{};
      INFO(name);
      CHECK(::stat((folder / name).c_str(), &about) == 0);
      CHECK((about.st_mode & 0777) == 0600);
    }
    co_await store->close();
  };
  test::run(modes());
}
