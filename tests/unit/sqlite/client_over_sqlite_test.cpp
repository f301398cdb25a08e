// SPDX-License-Identifier: MIT OR Apache-2.0
#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/temporary_folder.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/sqlite/sqlite_store.hpp>

#include <sqlite3.h>

#include <stdexcept>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

TEST_CASE("a client goes on where it was over a database", "[sqlite][client]") {
  play([](client_stage& s) -> task<> {
    test::temporary_folder folder;
    for (auto const* const text : {"one", "two", "three"}) {
      auto config = s.config();
      config.records = sqlite_records((folder / "bot.db").string());
      s.alice_writes(text);
      co_await live(s, std::move(config), [text](client& c) -> task<> {
        co_await log_in(c);
        auto updates = c.updates();
        if (std::string_view(text) == "one") co_return;  // who signs in begins with what follows
        co_await expect_texts(updates, text);
        auto nothing = with_timeout(updates.next(), 20ms);
        (void)co_await failure_of(std::move(nothing));
      });
    }
    CHECK(s.server.handshakes == 1);
    CHECK(s.api.logins == 1);
  });
}

namespace {

void execute(sqlite3* in, std::string const& what) {
  if (sqlite3_exec(in, what.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(in));
}

int orders_in(sqlite3* in) {
  int count = -1;
  auto const row = [](void* to, int, char** values, char**) {
    *static_cast<int*>(to) = std::atoi(values[0]);
    return 0;
  };
  sqlite3_exec(in, "select count(*) from orders", row, &count, nullptr);
  return count;
}

struct shop {
  std::shared_ptr<sqlite_store> store;
  int commits_to_fail = 0;

  /// The order of one message. Its text is the only one: a repeat would be refused.
  store_transaction order(std::string const& text) {
    return sqlite_write(store, [this, text](sqlite3* in) {
      execute(in, "insert into orders values ('" + text + "')");
      if (commits_to_fail-- > 0) throw std::runtime_error("out of stock");
    });
  }
};

/// Takes orders until nothing comes; leaves at the first that fails, as a crash would.
task<> take_orders(client& c, shop& s) {
  auto updates = c.updates();
  for (;;) {
    std::optional<update> next;
    auto take = [&]() -> task<> { next = co_await updates.next(); };
    auto waiting = with_timeout(take(), 1s);
    (void)co_await failure_of(std::move(waiting));
    if (!next) co_return;
    auto order = s.order(next->get_if<new_message>().value().text().str());
    auto const failed = co_await failure_of(next->commit(std::move(order)));
    if (failed) co_return;
  }
}

}  // namespace

TEST_CASE("a program's own write and the update it is for are stored together or not at all",
          "[sqlite][client]") {
  play([](client_stage& s) -> task<> {
    test::temporary_folder folder;
    auto const path = (folder / "bot.db").string();
    int orders = -1;
    for (int life = 0; life < 6; ++life) {
      shop one{.store = sqlite_records(path)};
      auto config = s.config();
      config.records = one.store;
      co_await live(s, std::move(config), [&](client& c) -> task<> {
        co_await log_in(c);
        if (life == 0) co_return;
        sqlite_store::database_work make = [](sqlite3* in) {
          execute(in, "create table if not exists orders (text unique)");
        };
        co_await one.store->run(std::move(make));
        one.commits_to_fail = life == 1 || life == 3;
        co_await take_orders(c, one);
        sqlite_store::database_work count = [&](sqlite3* in) { orders = orders_in(in); };
        co_await one.store->run(std::move(count));
      });
      if (life == 1) CHECK(orders == 0);
      if (life == 2) CHECK(orders == 2);
      if (life == 3) CHECK(orders == 2);
      if (life >= 4) CHECK(orders == 4);
      if (life == 0 || life == 2) {
        s.alice_writes("a" + std::to_string(life));
        s.alice_writes("b" + std::to_string(life));
      }
    }
  });
}
