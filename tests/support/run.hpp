// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/task.hpp>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>

namespace mtp::test {

/// Runs one coroutine on a loop of its own, rethrows what it throws, and fails when it has not
/// ended in time or leaves work behind.
inline void run(task<> work, std::chrono::seconds timeout = std::chrono::seconds(120)) {
  asio::io_context context;
  bool ended = false;
  std::exception_ptr failure;
  asio::co_spawn(context, std::move(work), [&](std::exception_ptr e) {
    ended = true;
    failure = std::move(e);
  });
  context.run_for(timeout);
  if (!ended) throw std::runtime_error("the coroutine did not end in time");
  if (!context.stopped()) throw std::runtime_error("the coroutine left work behind");
  if (failure) std::rethrow_exception(failure);
}

/// Sleeps.
inline task<> pause(duration span) {
  auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, span);
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace mtp::test
