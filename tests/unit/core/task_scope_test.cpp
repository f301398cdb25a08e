// SPDX-License-Identifier: MIT OR Apache-2.0
#include <support/catch.hpp>
#include <support/run.hpp>

#include <mtp/core/clock.hpp>
#include <mtp/core/task_scope.hpp>

#include <stdexcept>

using namespace mtp;

namespace {

task<> pause_for(duration span, int* ended) {
  co_await test::pause(span);
  ++*ended;
}

task<> fail() {
  co_await test::pause(std::chrono::milliseconds(1));
  throw std::runtime_error("a child failed");
}

}  // namespace

TEST_CASE("join waits for every child", "[core]") {
  int ended = 0;
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(pause_for(std::chrono::milliseconds(1), &ended));
    scope.spawn(pause_for(std::chrono::milliseconds(5), &ended));
    co_await scope.join();
  };
  test::run(body());
  CHECK(ended == 2);
}

TEST_CASE("the first failure cancels the others and is rethrown", "[core]") {
  int ended = 0;
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(pause_for(std::chrono::hours(1), &ended));
    scope.spawn(fail());
    co_await scope.join();
  };
  CHECK_THROWS_AS(test::run(body()), std::runtime_error);
  CHECK(ended == 0);
}

TEST_CASE("a cancelled scope ends without an error and takes no more children", "[core]") {
  int ended = 0;
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(pause_for(std::chrono::hours(1), &ended));
    co_await pause_for(std::chrono::milliseconds(1), &ended);
    scope.cancel();
    scope.spawn(pause_for(std::chrono::hours(1), &ended));
    co_await scope.join();
  };
  test::run(body());
  CHECK(ended == 1);
}

TEST_CASE("a join that is cancelled cancels the children and waits for them", "[core]") {
  int ended = 0;
  int joined = 0;
  auto inner = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(pause_for(std::chrono::hours(1), &ended));
    scope.spawn(pause_for(std::chrono::hours(1), &ended));
    co_await scope.join();
    ++joined;  // never comes here
  };
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(inner());
    co_await pause_for(std::chrono::milliseconds(1), &ended);
    scope.cancel();
    co_await scope.join();
  };
  test::run(body());
  CHECK(joined == 0);
  CHECK(ended == 1);
}

TEST_CASE("who joined a scope can still be cancelled", "[core]") {
  int ended = 0;
  auto inner = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(pause_for(std::chrono::milliseconds(1), &ended));
    co_await scope.join();
    co_await pause_for(std::chrono::hours(1), &ended);
  };
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(inner());
    co_await pause_for(std::chrono::milliseconds(20), &ended);
    scope.cancel();
    co_await scope.join();
  };
  test::run(body());
  CHECK(ended == 2);
}

TEST_CASE("a loop may be destroyed with a scope and its children in it", "[core]") {
  int ended = 0;
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(pause_for(std::chrono::hours(1), &ended));
    scope.spawn(pause_for(std::chrono::hours(1), &ended));
    co_await scope.join();
  };
  {
    asio::io_context context;
    asio::co_spawn(context, body(), [](std::exception_ptr) {});
    context.run_for(std::chrono::milliseconds(5));
  }
  CHECK(ended == 0);
}
