// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/state_keeper.hpp"

#include "support/catch.hpp"
#include "support/run.hpp"

#include <mtp/core/error.hpp>
#include <mtp/core/task_scope.hpp>

#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

using namespace mtp;
using mtp::detail::state_keeper;

namespace {

/// A store that counts, takes its time, and fails on demand.
class trying_store final : public session_store {
 public:
  session_state state;
  int commits = 0;
  int failures_to_come = 0;

  task<session_state> open() override { co_return state; }
  task<> commit(session_change change) override {
    auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, std::chrono::milliseconds(5));
    co_await timer.async_wait(asio::use_awaitable);
    if (failures_to_come > 0) {
      --failures_to_come;
      throw error(make_error_code(client_errc::storage));
    }
    apply(state, change);
    ++commits;
  }
  void close() noexcept override {}
};

session_change channel(std::int64_t id, std::int32_t pts) {
  session_change change;
  change.channel_pts[id] = pts;
  return change;
}

}  // namespace

TEST_CASE("changes made together are saved together", "[client][state]") {
  auto store = std::make_shared<trying_store>();
  auto body = [store]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    state_keeper keeper(real_environment(), executor, store, {});
    co_await keeper.open();
    for (int i = 0; i < 100; ++i) keeper.change(channel(i, i + 1));
    CHECK(keeper.state().channel_pts.size() == 100);
    co_await keeper.flush();
    CHECK(store->commits == 1);
    CHECK(store->state == keeper.state());
    co_await keeper.flush();
    CHECK(store->commits == 1);
  };
  test::run(body());
}

TEST_CASE("a flush waits for a save under way and saves the rest", "[client][state]") {
  auto store = std::make_shared<trying_store>();
  auto body = [store]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    state_keeper keeper(real_environment(), executor, store, {});
    co_await keeper.open();
    task_scope scope(executor);
    keeper.change(channel(1, 1));
    scope.spawn(keeper.flush());
    auto later = [](state_keeper& k) -> task<> {
      auto ex = co_await asio::this_coro::executor;
      asio::steady_timer timer(ex, std::chrono::milliseconds(2));
      co_await timer.async_wait(asio::use_awaitable);
      k.change(channel(2, 2));
      co_await k.flush();
    };
    scope.spawn(later(keeper));
    co_await scope.join();
    CHECK(store->commits == 2);
    CHECK(store->state == keeper.state());
  };
  test::run(body());
}

TEST_CASE("a save that failed is told and loses nothing", "[client][state]") {
  auto store = std::make_shared<trying_store>();
  auto body = [store]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    state_keeper keeper(real_environment(), executor, store, {});
    co_await keeper.open();
    store->failures_to_come = 1;
    keeper.change(channel(1, 1));
    bool failed = false;
    try {
      co_await keeper.flush();
    } catch (error const& e) {
      failed = e.code() == client_errc::storage;
    }
    CHECK(failed);
    keeper.change(channel(1, 2));
    co_await keeper.flush();
    CHECK(store->state.channel_pts.at(1) == 2);
  };
  test::run(body());
}
