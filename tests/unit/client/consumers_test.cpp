// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Several consumers of the updates of one account, each with its own place.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/storage/store_error.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

/// How many updates wait in a store for somebody.
task<std::size_t> journal_size(record_store& store) {
  auto const executor = co_await asio::this_coro::executor;
  co_await store.open(real_environment(), executor);
  account_store account(std::shared_ptr<record_store>(std::shared_ptr<void>(), &store));
  auto reading = account.journal(0, 1000);
  auto const found = co_await std::move(reading);
  co_await store.close();
  co_return found.size();
}

bool is_even(update const& one) {
  auto const message = one.get_if<new_message>();
  return message && std::stoi(message->text().str()) % 2 == 0;
}

void write_numbers(client_stage& s, int from, int to) {
  for (int i = from; i <= to; ++i) s.alice_writes(std::to_string(i));
}

}  // namespace

TEST_CASE("each consumer is given every update that it wants, at its own pace",
          "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto all = c.updates({.name = "all"});
      auto even = c.updates({.name = "even", .filter = is_even});
      auto slow = c.updates({.name = "slow", .max_queue_bytes = 1});
      write_numbers(s, 1, 6);
      co_await expect_texts(all, "1 2 3 4 5 6");
      co_await expect_texts(even, "2 4");
      co_await expect_texts(slow, "1 2 3");
      write_numbers(s, 7, 8);
      co_await expect_texts(all, "7 8");
      co_await expect_texts(slow, "4 5 6 7 8");
      co_await expect_texts(even, "6 8");
    });
  });
}

TEST_CASE("a consumer that is away keeps its place", "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = c.updates({.name = "one"});
      auto two = c.updates({.name = "two"});
      write_numbers(s, 1, 3);
      co_await expect_texts(one, "1 2 3");
      co_await expect_texts(two, "1 2");  // and asks for no more: the second comes again
    });
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = c.updates({.name = "one"});
      write_numbers(s, 4, 5);
      co_await expect_texts(one, "3 4 5");
      auto const health = co_await c.health();
      REQUIRE(health.consumers.size() == 2);
      CHECK(health.consumers[0].is_open);
      CHECK(health.consumers[0].behind == 1);
      CHECK(!health.consumers[1].is_open);
      CHECK(health.consumers[1].behind == 4);
    });
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto two = c.updates({.name = "two"});
      auto const again = co_await two.next();
      CHECK(again->attempt() == 2);
      CHECK(again->get_if<new_message>()->text() == "2");
      co_await expect_texts(two, "3 4 5");
      auto three = c.updates({.name = "three"});  // begins here
      write_numbers(s, 6, 6);
      co_await expect_texts(three, "6");
      co_await expect_texts(two, "6");
    });
  });
}

TEST_CASE("what all consumers got past is in the store no more", "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = c.updates({.name = "one"});
      auto two = c.updates({.name = "two"});
      write_numbers(s, 1, 5);
      co_await expect_texts(one, "1 2 3 4 5");
      co_await expect_texts(two, "1 2 3");
    });
    auto const waiting = co_await journal_size(*s.records);
    CHECK(waiting == 3);
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      co_await c.remove_consumer("two");
      co_await c.remove_consumer("nobody");
    });
    auto const left = co_await journal_size(*s.records);
    CHECK(left == 1);
  });
}

TEST_CASE("the stream of a consumer that is removed ends, and the last one gives way",
          "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = std::make_optional(c.updates({.name = "one"}));
      write_numbers(s, 1, 1);
      co_await expect_texts(*one, "1");
      CHECK_THROWS_AS(c.updates({.name = "one"}), std::logic_error);
      CHECK_THROWS_AS(c.updates(), std::logic_error);
      co_await c.remove_consumer("one");
      auto const end = co_await one->next();
      CHECK(!end);
      one.reset();
      auto plain = c.updates();
      write_numbers(s, 2, 3);
      co_await expect_texts(plain, "2 3");
      CHECK_THROWS_AS(c.updates({.name = "one"}), std::logic_error);
    });
    auto const left = co_await journal_size(*s.records);
    CHECK(left == 0);
  });
}

TEST_CASE("a stream without a name goes on as one with a name, and misses nothing",
          "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto plain = std::make_optional(c.updates());
      write_numbers(s, 1, 4);
      auto const one = co_await plain->next();
      co_await one->ack();
      auto const two = co_await plain->next();
      plain.reset();  // which has not got past the second
      auto named = c.updates({.name = "named"});
      co_await expect_texts(named, "2 3 4");
    });
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto plain = c.updates();
      auto const failed = co_await failure_of(with_timeout(plain.next(), 5s));
      CHECK(code_of(failed) == client_errc::bad_argument);
    });
  });
}

TEST_CASE("a consumer must have a name, and a store of records", "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    client c(s.executor, s.config());
    auto const code = [](client& of, std::string name) {
      try {
        (void)of.updates({.name = std::move(name)});
      } catch (error const& e) {
        return e.code();
      }
      return std::error_code();
    };
    CHECK(code(c, "") == client_errc::bad_argument);
    CHECK(code(c, std::string(65, 'a')) == client_errc::bad_argument);
    CHECK(!code(c, std::string(64, 'a')));
    s.store = memory_session();
    client other(s.executor, s.config());
    CHECK(code(other, "one") == client_errc::bad_config);
    co_return;
  });
}

TEST_CASE("consumers acknowledge for themselves", "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = c.updates({.name = "one"});
      auto two = c.updates({.name = "two"});
      write_numbers(s, 1, 2);
      auto const first = co_await one.next();
      auto const other = co_await two.next();
      CHECK(first->key() == other->key());
      co_await first->ack();
      auto const second = co_await one.next();
      auto const nothing = store_transaction{.store = memory_records(),
                                             .commit = [](write_batch) -> task<> { co_return; }};
      auto const elsewhere = co_await failure_of(second->commit(nothing));
      CHECK(code_of(elsewhere) == client_errc::bad_argument);
      auto const store = s.records;
      int written = 0;
      auto const together = store_transaction{
          .store = store, .commit = [store, &written](write_batch batch) -> task<> {
            ++written;
            return store->commit(std::move(batch));
          }};
      co_await second->commit(together);
      CHECK(written == 1);
      auto const late = co_await failure_of(second->commit(together));
      CHECK(code_of(late) == client_errc::bad_argument);
    });
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = c.updates({.name = "one"});
      auto two = c.updates({.name = "two"});
      write_numbers(s, 3, 3);
      co_await expect_texts(one, "3");
      co_await expect_texts(two, "1 2 3");
    });
  });
}

TEST_CASE("a consumer that is too far behind is told what it lost, and no other loses anything",
          "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    auto config = s.config();
    config.max_journal = 4;
    std::vector<std::string> errors;
    config.log = [&errors](log_level level, std::string_view line) {
      if (level == log_level::error) errors.emplace_back(line);
    };
    co_await live(s, config, [&](client& c) -> task<> {
      co_await log_in(c);
      auto fast = c.updates({.name = "fast"});
      auto slow = c.updates({.name = "slow"});
      for (int i = 1; i <= 10; ++i) {
        write_numbers(s, i, i);
        co_await expect_texts(fast, std::to_string(i));
      }
      std::optional<std::uint64_t> lost;
      try {
        (void)co_await slow.next();
      } catch (updates_dropped const& e) {
        lost = e.count();
      }
      CHECK(lost == 6);
      co_await expect_texts(slow, "7 8 9 10");
    });
    REQUIRE(!errors.empty());
    CHECK(errors[0].find("consumer slow is too far behind") != std::string::npos);
  });
}

TEST_CASE("a filter that fails is logged, and its update is given", "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    auto config = s.config();
    int errors = 0;
    config.log = [&errors](log_level level, std::string_view line) {
      errors += level == log_level::error && line.find("the filter of one") != std::string::npos;
    };
    co_await live(s, config, [&](client& c) -> task<> {
      co_await log_in(c);
      auto one = c.updates({.name = "one", .filter = is_even});
      s.alice_writes("none");
      co_await expect_texts(one, "none");
    });
    CHECK(errors == 1);
  });
}

TEST_CASE("a handler of a consumer is called with its updates", "[client][consumers]") {
  play([](client_stage& s) -> task<> {
    std::string got;
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      auto const handler = [&](update one) -> task<> {
        got += one.get_if<new_message>()->text().str();
        if (got == "24") c.close();
        co_return;
      };
      auto work = c.each_update({.name = "even", .filter = is_even}, handler);
      write_numbers(s, 1, 4);
      co_await std::move(work);
    });
    CHECK(got == "24");
  });
}
