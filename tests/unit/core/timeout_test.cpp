// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/timeout.hpp>

#include <mtp/core/as_result.hpp>
#include <mtp/core/deadline.hpp>
#include <mtp/core/environment.hpp>
#include <support/catch.hpp>
#include <support/run.hpp>

#include <asio/this_coro.hpp>

#include <memory>
#include <stdexcept>

using namespace mtp;

namespace {

task<int> answer_after(duration span) {
  co_await test::pause(span);
  co_return 42;
}

task<int> refuse() {
  auto executor = co_await asio::this_coro::executor;
  (void)executor;
  throw_rpc_error(parse_rpc_error(400, "PEER_ID_INVALID", "users.getUsers"));
}

}  // namespace

TEST_CASE("with_timeout returns the value when it comes in time", "[core]") {
  auto body = []() -> task<> {
    int const value =
        co_await with_timeout(answer_after(std::chrono::milliseconds(1)), std::chrono::seconds(10));
    CHECK(value == 42);
  };
  test::run(body());
}

TEST_CASE("with_timeout of the longest time there is waits", "[core]") {
  auto body = []() -> task<> {
    int const value =
        co_await with_timeout(answer_after(std::chrono::milliseconds(1)), duration::max());
    CHECK(value == 42);
  };
  test::run(body());
}

TEST_CASE("a pause of the longest time there is waits", "[core]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto waiting = pause(real_environment(), executor, duration::max());
    auto ended = with_timeout(std::move(waiting), std::chrono::milliseconds(1));
    std::error_code failed;
    try {
      co_await std::move(ended);
    } catch (error const& e) {
      failed = e.code();
    }
    CHECK(failed == client_errc::timed_out);
  };
  test::run(body());
}

TEST_CASE("a deadline is the end of time where no clock counts so far", "[core]") {
  auto const now = steady_time(std::chrono::hours(1));
  CHECK(deadline_after(now, std::chrono::hours(1)) == steady_time(std::chrono::hours(2)));
  CHECK(deadline_after(now, -std::chrono::hours(1)) == steady_time());
  CHECK(deadline_after(now, duration::max()) == steady_time::max());
  CHECK(deadline_after(now, steady_time::max() - now) == steady_time::max());
}

TEST_CASE("with_timeout cancels what takes too long", "[core]") {
  auto body = []() -> task<> {
    auto work = with_timeout(answer_after(std::chrono::hours(1)), std::chrono::milliseconds(5));
    auto outcome = co_await as_result(std::move(work));
    REQUIRE(!outcome);
    CHECK(outcome.error().code == client_errc::timed_out);
  };
  test::run(body());
}

TEST_CASE("with_timeout passes a failure on at once", "[core]") {
  auto const before = std::chrono::steady_clock::now();
  auto body = []() -> task<> { co_await with_timeout(refuse(), std::chrono::hours(1)); };
  CHECK_THROWS_AS(test::run(body()), rpc_error);
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::minutes(1));
}

TEST_CASE("with_timeout hands over what came although the time was up", "[core]") {
  auto body = []() -> task<> {
    auto stubborn = []() -> task<int> {
      co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
      co_await test::pause(std::chrono::milliseconds(20));
      co_return 42;
    };
    int const value = co_await with_timeout(stubborn(), std::chrono::milliseconds(1));
    CHECK(value == 42);
  };
  test::run(body());
}

TEST_CASE("as_result keeps the refusal of the server", "[core]") {
  auto body = []() -> task<> {
    auto outcome = co_await as_result(refuse());
    REQUIRE(!outcome);
    REQUIRE(outcome.error().refusal);
    CHECK(outcome.error().refusal->name == "PEER_ID_INVALID");
  };
  test::run(body());
}

TEST_CASE("as_result takes what is no exception too", "[core]") {
  auto body = []() -> task<> {
    auto strange = []() -> task<int> {
      throw 7;
      co_return 0;
    };
    auto outcome = co_await as_result(strange());
    REQUIRE(!outcome);
    CHECK(outcome.error().code == std::errc::state_not_recoverable);
    CHECK(!outcome.error().text.empty());
  };
  test::run(body());
}
