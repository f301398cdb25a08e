// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/on_strand.hpp"

#include "support/catch.hpp"
#include "support/run.hpp"
#include "support/turns.hpp"

#include <mtp/core/task_scope.hpp>

#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/strand.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/use_future.hpp>

#include <atomic>
#include <future>
#include <string>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::detail::on_strand;
using strand_type = asio::strand<asio::any_io_executor>;

namespace {

/// Waits until it is cancelled, and tells whether that happened on the strand.
task<> wait_for_cancel(strand_type strand, bool& on_it) {
  auto initiate = [&](auto handler) {
    auto slot = asio::get_associated_cancellation_slot(handler);
    auto kept = std::make_shared<decltype(handler)>(std::move(handler));
    slot.assign([kept, strand, &on_it](asio::cancellation_type) {
      on_it = strand.running_in_this_thread();
      asio::post(strand,
                 [kept] { std::move (*kept)(std::error_code(asio::error::operation_aborted)); });
    });
  };
  auto waiting = asio::async_initiate<asio::use_awaitable_t<> const, void(std::error_code)>(
      initiate, asio::use_awaitable);
  co_await std::move(waiting);
}

task<std::string> greet(strand_type strand) {
  co_await test::turns(1);
  co_return strand.running_in_this_thread() ? "from the strand" : "from elsewhere";
}

task<std::string> refuse() {
  co_await test::turns(1);
  throw std::runtime_error("no");
}

}  // namespace

TEST_CASE("work on another strand gives back what it has, or throws", "[client]") {
  auto body = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto const strand = asio::make_strand(executor);
    auto const text = co_await on_strand(strand, greet(strand));
    CHECK(text == "from the strand");
    bool thrown = false;
    try {
      (void)co_await on_strand(strand, refuse());
    } catch (std::runtime_error const&) {
      thrown = true;
    }
    CHECK(thrown);
  };
  test::run(body());
}

TEST_CASE("work on another strand is cancelled there", "[client]") {
  bool on_it = false;
  bool ended = false;
  auto work = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    auto const strand = asio::make_strand(executor);
    try {
      co_await on_strand(strand, wait_for_cancel(strand, on_it));
    } catch (std::system_error const& e) {
      ended = e.code() == asio::error::operation_aborted;
    }
  };
  auto body = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    task_scope scope(executor);
    scope.spawn(work());
    co_await test::turns();
    scope.cancel();
    co_await scope.join();
  };
  test::run(body());
  CHECK(ended);
  CHECK(on_it);
}

TEST_CASE("work on the strands of a pool of threads may be cancelled at any time", "[client]") {
  asio::thread_pool pool(4);
  std::atomic<int> ended = 0;
  auto busy = []() -> task<> { co_await test::turns(50); };
  auto caller = [&](asio::any_io_executor strand) -> task<> {
    try {
      co_await on_strand(strand, busy());
    } catch (std::system_error const&) {}
    ++ended;
  };
  auto round = [&](asio::any_io_executor mine, int turn) -> task<> {
    task_scope scope(mine);
    asio::any_io_executor const other = asio::make_strand(pool.get_executor());
    scope.spawn(caller(other));
    co_await test::turns(turn);
    scope.cancel();
    co_await scope.join();
  };
  std::vector<std::future<void>> rounds;
  for (int turn = 0; turn < 100; ++turn) {
    asio::any_io_executor const mine = asio::make_strand(pool.get_executor());
    rounds.push_back(asio::co_spawn(mine, round(mine, turn), asio::use_future));
  }
  for (auto& each : rounds) each.get();
  pool.join();
  CHECK(ended == 100);
}
