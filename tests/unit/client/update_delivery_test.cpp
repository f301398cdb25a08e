// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Updates that the program never gets past.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>

#include <asio/error.hpp>

#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

/// One life of a program that is given one update and never asks for another.
task<update> take_one(client_stage& s, client_config config) {
  std::optional<update> got;
  co_await live(s, std::move(config), [&got](client& c) -> task<> {
    co_await log_in(c);
    auto updates = c.updates();
    auto waiting = with_timeout(updates.next(), 5s);
    got = co_await std::move(waiting);
  });
  REQUIRE(got);
  co_return *got;
}

/// A store that can be made to wait.
class slow_store final : public session_store {
 public:
  bool blocked = false;
  bool waits = false;

  task<session_state> open() override { return under_->open(); }
  task<> commit(session_change change) override {
    waits = blocked;
    while (blocked) co_await test::pause(1ms);
    auto work = under_->commit(std::move(change));
    co_await std::move(work);
  }
  void close() noexcept override { under_->close(); }

 private:
  std::shared_ptr<session_store> under_ = memory_session();
};

std::string text_of(update const& what) {
  auto const message = what.get_if<new_message>();
  return message ? message->text().str() : std::string();
}

/// The account stands before what Alice writes next.
task<> begin(client_stage& s) {
  co_await live(s, [](client& c) -> task<> { co_await log_in(c); });
}

}  // namespace

TEST_CASE("an update says how often it was delivered", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await begin(s);
    s.alice_writes("poison");
    s.alice_writes("fine");
    auto config = s.config();
    std::vector<std::string> passed_over;
    config.on_passed_over = [&](update const& what) { passed_over.push_back(text_of(what)); };
    for (int attempt = 1; attempt <= 3; ++attempt) {
      auto const got = co_await take_one(s, config);
      CHECK(text_of(got) == "poison");
      CHECK(got.attempt() == attempt);
      CHECK(passed_over.empty());
    }
    auto const next = co_await take_one(s, config);
    CHECK(text_of(next) == "fine");
    CHECK(next.attempt() == 1);
    CHECK(passed_over == std::vector<std::string>{"poison"});
  });
}

TEST_CASE("an update that is passed over is logged with its key, and without its text",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await begin(s);
    s.alice_writes("poison");
    s.alice_writes("fine");
    auto config = s.config();
    config.max_attempts = 1;
    std::vector<std::string> errors;
    config.log = [&](log_level level, std::string_view line) {
      if (level == log_level::error) errors.emplace_back(line);
    };
    config.on_passed_over = [](update const&) { throw std::runtime_error("a handler's own"); };
    auto const first = co_await take_one(s, config);
    CHECK(text_of(first) == "poison");
    auto const next = co_await take_one(s, config);
    CHECK(text_of(next) == "fine");
    REQUIRE(errors.size() == 2);
    CHECK(errors.at(0) == "updates: passed over after 1 attempts: message 1 in user 42");
    CHECK(errors.at(1) == "on_passed_over: a handler's own");
  });
}

TEST_CASE("whatever a handler of passed over updates throws is logged and ends nothing",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await begin(s);
    s.alice_writes("poison");
    s.alice_writes("fine");
    auto config = s.config();
    config.max_attempts = 1;
    int errors = 0;
    config.log = [&](log_level level, std::string_view) { errors += level == log_level::error; };
    config.on_passed_over = [](update const&) { throw 7; };
    auto const first = co_await take_one(s, config);
    CHECK(text_of(first) == "poison");
    auto const next = co_await take_one(s, config);
    CHECK(text_of(next) == "fine");
    CHECK(errors == 2);
  });
}

TEST_CASE("an update that is passed over is reported also when the wait for the store is cancelled",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    auto const store = std::make_shared<slow_store>();
    auto config = s.config();
    config.store = store;
    config.max_attempts = 1;
    int reported = 0;
    bool passed_over = false;
    config.on_passed_over = [&](update const&) { ++reported; };
    config.log = [&](log_level, std::string_view line) {
      passed_over = passed_over || line.starts_with("updates: passed over");
    };
    co_await live(s, config, [](client& c) -> task<> { co_await log_in(c); });
    s.alice_writes("poison");
    auto const first = co_await take_one(s, config);
    CHECK(text_of(first) == "poison");
    co_await live(s, config, [&](client& c) -> task<> {
      co_await log_in(c);
      store->blocked = true;
      auto updates = c.updates();
      task_scope scope(s.executor);
      std::exception_ptr ended;
      auto asks = [&]() -> task<> { ended = co_await failure_of(updates.next()); };
      scope.spawn(asks());
      while (!passed_over || !store->waits) co_await test::pause(1ms);
      CHECK(reported == 0);
      scope.cancel();
      co_await scope.join();
      CHECK(code_of(ended) == asio::error::operation_aborted);
      store->blocked = false;
      CHECK(reported == 1);
    });
  });
}

TEST_CASE("without a limit an update is delivered again and again", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await begin(s);
    s.alice_writes("poison");
    auto config = s.config();
    config.max_attempts = 0;
    for (int attempt = 1; attempt <= 6; ++attempt) {
      auto const got = co_await take_one(s, config);
      CHECK(got.attempt() == attempt);
    }
  });
}

TEST_CASE("a stream that is opened again counts too, a cancelled wait does not",
          "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&s](client& c) -> task<> {
      co_await log_in(c);
      for (int attempt = 1; attempt <= 2; ++attempt) {
        auto updates = c.updates();
        if (attempt == 1) {
          auto nothing = with_timeout(updates.next(), 20ms);
          auto const failed = co_await test::failure_of(std::move(nothing));
          CHECK(failed);
          s.alice_writes("hello");
        }
        auto waiting = with_timeout(updates.next(), 5s);
        auto const got = co_await std::move(waiting);
        CHECK(got->attempt() == attempt);
      }
    });
  });
}

TEST_CASE("what the program got past is counted anew", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await begin(s);
    for (auto const text : {"one", "two", "three"}) s.alice_writes(text);
    // All three come in one difference: the position moves when the last was consumed.
    auto config = s.config();
    config.max_attempts = 0;
    for (int life = 1; life <= 5; ++life) {
      co_await live(s, config, [life](client& c) -> task<> {
        co_await log_in(c);
        auto updates = c.updates();
        auto const one = co_await updates.next();
        CHECK(text_of(*one) == "one");
        CHECK(one->attempt() == 1);
        auto const two = co_await next_text(updates);
        CHECK(two == "two");
        auto const three = co_await updates.next();
        CHECK(text_of(*three) == "three");
        CHECK(three->attempt() == life);
      });
    }
  });
}

TEST_CASE("attempts are forgotten when the position is behind them", "[client][updates]") {
  play([](client_stage& s) -> task<> {
    co_await begin(s);
    s.alice_writes("one");
    co_await live(s, [](client& c) -> task<> {
      co_await log_in(c);
      auto updates = c.updates();
      auto const text = co_await next_text(updates);
      CHECK(text == "one");
      auto nothing = with_timeout(updates.next(), 20ms);
      co_await test::failure_of(std::move(nothing));
    });
    auto const stored = co_await stored_in(*s.records);
    CHECK(stored.attempts.empty());
    CHECK(stored.updates->pts == 1);
  });
}
