// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/environment.hpp>

#include <mtp/core/async_event.hpp>
#include <mtp/core/task_scope.hpp>
#include <support/catch.hpp>
#include <support/run.hpp>
#include <support/turns.hpp>

#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/this_coro.hpp>

#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

using namespace mtp;
using namespace std::chrono_literals;

namespace {

environment& real() { return real_environment(); }

/// Two ends of one connection over loopback.
struct ends {
  std::unique_ptr<byte_stream> near;
  std::unique_ptr<byte_stream> far;
};

task<ends> connected() {
  auto executor = co_await asio::this_coro::executor;
  auto listening = real().listen(executor, {asio::ip::address_v4::loopback(), 0});
  ends out;
  out.near = co_await real().connect(executor, listening->address());
  out.far = co_await listening->accept();
  co_return out;
}

/// Everything up to the end.
task<bytes> read_all(byte_stream& from) {
  bytes out;
  for (;;) {
    std::uint8_t part[4096];
    std::error_code failed;
    std::size_t const got = from.read_some(part, failed);
    if (failed == asio::error::eof) co_return out;
    bool const none = failed == asio::error::would_block;
    if (failed && !none) throw std::system_error(failed);
    out.insert(out.end(), part, part + got);
    if (none) co_await from.readable();
  }
}

}  // namespace

TEST_CASE("bytes go both ways, and one way may end first", "[core][environment]") {
  auto body = []() -> task<> {
    auto both = co_await connected();
    bytes const question(1000, 1);
    co_await write_all(*both.near, question);
    both.near->end_writing();
    auto const heard = co_await read_all(*both.far);
    CHECK(heard == question);
    bytes const answer(2000, 2);
    co_await write_all(*both.far, answer);
    both.far->end_writing();
    auto const got = co_await read_all(*both.near);
    CHECK(got == answer);
  };
  test::run(body());
}

TEST_CASE("writing waits while nobody reads, and goes on", "[core][environment]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto both = co_await connected();
    bytes const large(8 << 20, 7);
    bytes heard;
    auto const start = [&](task_scope& scope) {
      auto sending = [](byte_stream& to, bytes const& what) -> task<> {
        co_await write_all(to, what);
        to.end_writing();
      };
      auto reading = [](byte_stream& from, bytes& into) -> task<> {
        while (from.unread() == 0) co_await test::pause(1ms);
        into = co_await read_all(from);
      };
      scope.spawn(sending(*both.near, large));
      scope.spawn(reading(*both.far, heard));
    };
    co_await task_scope::run(executor, start);
    CHECK(heard == large);
  };
  test::run(body());
}

TEST_CASE("closing a stream wakes who waits on it", "[core][environment]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto both = co_await connected();
    bool failed = false;
    auto const start = [&](task_scope& scope) {
      auto reading = [](byte_stream& from, bool& woken) -> task<> {
        try {
          co_await from.readable();
        } catch (std::system_error const&) {
          woken = true;
        }
      };
      auto closing = [](byte_stream& which) -> task<> {
        co_await test::turns();
        which.close();
      };
      scope.spawn(reading(*both.near, failed));
      scope.spawn(closing(*both.near));
    };
    co_await task_scope::run(executor, start);
    CHECK(failed);
  };
  test::run(body());
}

TEST_CASE("an address needs no lookup", "[core][environment]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto const found = co_await real().resolve(executor, "::1", 443);
    REQUIRE(found.size() == 1);
    CHECK(found[0].address().is_v6());
    CHECK(found[0].port() == 443);
  };
  test::run(body());
}

TEST_CASE("work runs on another thread, and its end is heard here", "[core][environment]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto const here = std::this_thread::get_id();
    std::thread::id there;
    std::function<void()> const work = [&] { there = std::this_thread::get_id(); };
    co_await real().run_on_worker(executor, work);
    CHECK(there != std::thread::id());
    CHECK(there != here);
    CHECK(std::this_thread::get_id() == here);
  };
  test::run(body());
}

namespace {

/// Takes its time to go.
class slow_to_go {
 public:
  explicit slow_to_go(std::atomic<bool>& gone) : gone_(gone) {}
  slow_to_go(slow_to_go const&) = delete;
  slow_to_go& operator=(slow_to_go const&) = delete;
  ~slow_to_go() {
    std::this_thread::sleep_for(50ms);
    gone_ = true;
  }
  void use() { used_ = true; }

 private:
  std::atomic<bool>& gone_;
  bool used_ = false;
};

}  // namespace

TEST_CASE("what work holds on to goes before it is awaited", "[core][environment]") {
  std::atomic<bool> gone = false;
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto held = std::make_shared<slow_to_go>(gone);
    std::function<void()> work = [held = std::move(held)] { held->use(); };
    co_await real().run_on_worker(executor, std::move(work));
    CHECK(gone);
  };
  test::run(body());
}

TEST_CASE("what work throws is thrown where it is awaited", "[core][environment]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    std::function<void()> const work = [] { throw std::invalid_argument("no"); };
    co_await real().run_on_worker(executor, work);
  };
  CHECK_THROWS_AS(test::run(body()), std::invalid_argument);
}

TEST_CASE("a cancelled coroutine waits for its work", "[core][environment]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    std::promise<void> may_end;
    std::atomic<bool> ended = false;
    task_scope scope(executor);
    std::function<void()> const work = [&] {
      may_end.get_future().wait();
      ended = true;
    };
    auto waiting = [](asio::any_io_executor where, std::function<void()> what) -> task<> {
      co_await real().run_on_worker(where, what);
    };
    scope.spawn(waiting(executor, work));
    co_await test::turns();
    scope.cancel();
    co_await test::turns();
    CHECK(!scope.empty());
    may_end.set_value();
    co_await scope.join();
    CHECK(ended);
  };
  test::run(body());
}

TEST_CASE("a loop that is destroyed waits for work that has begun", "[core][environment]") {
  std::promise<void> begun;
  std::atomic<bool> ended = false;
  {
    asio::io_context loop;
    std::function<void()> const work = [&] {
      begun.set_value();
      std::this_thread::sleep_for(20ms);  // longer than the loop lives
      ended = true;
    };
    auto waiting = [](asio::any_io_executor where, std::function<void()> what) -> task<> {
      co_await real().run_on_worker(where, what);
    };
    asio::co_spawn(loop, waiting(loop.get_executor(), work), [](std::exception_ptr) {});
    loop.poll();
    begun.get_future().wait();
  }
  CHECK(ended);
}

TEST_CASE("work that has not begun goes with its loop", "[core][environment]") {
  std::promise<void> may_end;
  auto const opened = may_end.get_future().share();
  std::atomic<int> begun = 0;
  std::atomic<int> late = 0;
  auto waiting = [](asio::any_io_executor where, std::function<void()> what) -> task<> {
    co_await real().run_on_worker(where, what);
  };
  asio::io_context patient;
  std::function<void()> const busy = [&] {
    ++begun;
    opened.wait();
  };
  for (int i = 0; i < 2; ++i)
    asio::co_spawn(patient, waiting(patient.get_executor(), busy), [](std::exception_ptr) {});
  patient.poll();
  while (begun < 2) std::this_thread::yield();  // every thread is busy
  {
    asio::io_context hasty;
    std::function<void()> const work = [&] { ++late; };
    asio::co_spawn(hasty, waiting(hasty.get_executor(), work), [](std::exception_ptr) {});
    hasty.poll();
  }
  may_end.set_value();
  patient.run();
  CHECK(late == 0);
}

TEST_CASE("a notification before the wait is kept, for one wait", "[core][event]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    async_event happened(real(), executor);
    happened.notify();
    happened.notify();
    co_await happened.wait();
    auto const before = real().now().steady;
    co_await happened.wait_until(before + 3ms);
    CHECK(real().now().steady >= before + 3ms);
  };
  test::run(body());
}

TEST_CASE("every coroutine that waits for the next notification is woken", "[core][event]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    async_event happened(real(), executor);
    int woken = 0;
    task_scope scope(executor);
    auto waiting = [](async_event& what, int& count) -> task<> {
      co_await what.wait_next();
      ++count;
    };
    for (int i = 0; i < 3; ++i) scope.spawn(waiting(happened, woken));
    co_await test::turns();
    CHECK(woken == 0);
    happened.notify();
    co_await scope.join();
    CHECK(woken == 3);
  };
  test::run(body());
}

TEST_CASE("a pause that is cancelled throws at once", "[core][environment]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    std::error_code failed;
    auto waiting = [](asio::any_io_executor where, std::error_code& out) -> task<> {
      try {
        co_await pause(real(), where, 1h);
      } catch (std::system_error const& e) {
        out = e.code();
      }
    };
    scope.spawn(waiting(executor, failed));
    co_await test::turns();
    scope.cancel();
    co_await scope.join();
    CHECK(failed == asio::error::operation_aborted);
  };
  test::run(body());
}
