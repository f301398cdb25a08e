// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/task_scope.hpp>

#include <mtp/core/clock.hpp>
#include <support/catch.hpp>
#include <support/run.hpp>

#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <functional>
#include <memory>
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

TEST_CASE("one child is cancelled, and the others go on", "[core]") {
  int ended = 0;
  int cancelled = 0;
  auto const note_end = [&](duration span) -> task<> {
    bool aborted = false;
    try {
      co_await pause_for(span, &ended);
    } catch (std::system_error const& e) {
      aborted = e.code() == asio::error::operation_aborted;
    }
    cancelled += aborted ? 1 : 0;
  };
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    auto const first = scope.spawn(note_end(std::chrono::hours(1)));
    scope.spawn(note_end(std::chrono::milliseconds(5)));
    auto const last = scope.spawn(note_end(std::chrono::milliseconds(1)));
    co_await test::pause(std::chrono::milliseconds(2));
    scope.cancel(first);
    scope.cancel(last);  // may have ended
    co_await scope.join();
    scope.cancel(first);
  };
  test::run(body());
  CHECK(ended == 2);
  CHECK(cancelled == 1);
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

namespace {

/// Runs `work` in a scope which it may cancel.
void run_cancelled(std::function<task<>(task_scope& around)> work) {
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(work(scope));
    co_await scope.join();
  };
  test::run(body());
}

}  // namespace

TEST_CASE("a run in a coroutine that was cancelled before starts nothing", "[core]") {
  int started = 0;
  bool thrown = false;
  run_cancelled([&](task_scope& around) -> task<> {
    auto executor = co_await asio::this_coro::executor;
    around.cancel();
    auto const start = [&](task_scope&) { ++started; };
    try {
      co_await task_scope::run(executor, start);
    } catch (std::system_error const& e) {
      thrown = e.code() == asio::error::operation_aborted;
    }
  });
  CHECK(thrown);
  CHECK(started == 0);
}

TEST_CASE("a run that is cancelled while it starts leaves no child behind", "[core]") {
  auto const held = std::make_shared<int>();
  long left = 0;
  run_cancelled([&](task_scope& around) -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto child = []([[maybe_unused]] std::shared_ptr<int> with) -> task<> {
      co_await test::pause(std::chrono::hours(1));
    };
    auto const start = [&](task_scope& scope) {
      scope.spawn(child(held));
      around.cancel();
    };
    try {
      co_await task_scope::run(executor, start);
    } catch (std::system_error const&) {}
    left = held.use_count() - 1;
  });
  CHECK(left == 0);
}

TEST_CASE("who was run may be cancelled afterwards, and a failure to start is thrown", "[core]") {
  int ended = 0;
  bool thrown = false;
  run_cancelled([&](task_scope& around) -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto const start = [&](task_scope& scope) {
      scope.spawn(pause_for(std::chrono::hours(1), &ended));
      throw std::runtime_error("no more");
    };
    try {
      co_await task_scope::run(executor, start);
    } catch (std::runtime_error const&) {
      thrown = true;
    }
    around.cancel();
    co_await pause_for(std::chrono::hours(1), &ended);
  });
  CHECK(thrown);
  CHECK(ended == 0);
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
