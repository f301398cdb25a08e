// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/postgres_server.hpp"
#include "support/record_work.hpp"

#include <mtp/core/error.hpp>
#include <mtp/postgres/postgres_records.hpp>
#include <mtp/storage/account_store.hpp>

#include <stdexcept>

using namespace mtp;

namespace {

/// Executes a statement as a program does that looks for errors, or one that does not.
postgres_store::database_work statement(std::string text, bool looks = true) {
  return [text = std::move(text), looks](PGconn* at) {
    std::unique_ptr<PGresult, void (*)(PGresult*)> const said(PQexec(at, text.c_str()), PQclear);
    bool const failed = PQresultStatus(said.get()) == PGRES_FATAL_ERROR;
    if (failed && looks) throw std::runtime_error("the statement failed");
  };
}

write_batch value_of_a(std::string value) {
  write_batch out;
  out.put(record_space::values, bytes{'a'}, bytes(value.begin(), value.end()));
  return out;
}

std::string orders(test::postgres_server const& server) {
  return server.run("select count(*)::text from orders");
}

task<bool> fails(task<> work) {
  bool failed = false;
  try {
    co_await std::move(work);
  } catch (std::exception const&) {
    failed = true;
  }
  co_return failed;
}

task<> join_transactions(test::postgres_server const& server) {
  auto const store = postgres_records(server.connection(), "own tables");
  co_await test::open_here(store);
  co_await store->run(statement("create table orders (id integer primary key)"));
  co_await store->commit_with(value_of_a("1"), statement("insert into orders values (1)"));
  CHECK(orders(server) == "1");
  co_await test::expect(store, "a", "1");
  for (bool const looks : {true, false}) {  // an error in it, seen by the program or not
    auto work =
        store->commit_with(value_of_a("2"), statement("insert into orders values (1)", looks));
    bool const failed = co_await fails(std::move(work));
    CHECK(failed);
    co_await test::expect(store, "a", "1");
  }
  auto ended = store->commit_with(value_of_a("3"), statement("rollback"));
  bool const told = co_await fails(std::move(ended));
  CHECK(told);
  co_await test::expect(store, "a", "1");
  co_await store->run(statement("begin; insert into orders values (2)"));  // and left open
  co_await test::put(store, "b", "1");
  CHECK(orders(server) == "1");
  co_await store->close();
  server.run("drop table orders");
}

/// The position and the order that it is for.
task<> join_an_account(test::postgres_server const& server) {
  auto const store = postgres_records(server.connection(), "own tables");
  auto const other = postgres_records(server.connection(), "others");
  co_await test::open_here(store);
  co_await store->run(statement("create table orders (id integer primary key)"));
  account_store account(store);
  account_batch batch;
  batch.put_position("bot", update_state{.pts = 7});
  co_await account.commit(batch, postgres_write(store, statement("insert into orders values (9)")));
  auto const at = co_await account.position("bot");
  CHECK((at && at->pts == 7));
  CHECK(orders(server) == "1");
  auto foreign = account.commit(batch, postgres_write(other, statement("select 1")));
  bool const refused = co_await fails(std::move(foreign));
  CHECK(refused);
  co_await store->close();
  server.run("drop table orders");
}

}  // namespace

TEST_CASE("tables of one's own in PostgreSQL join a transaction of the store",
          "[postgres][records]") {
  auto const* server = test::postgres();
  if (!server) return;
  test::run(join_transactions(*server));
  test::run(join_an_account(*server));
}
