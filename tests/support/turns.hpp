// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

namespace mtp::test {

/// Lets whatever is ready on this loop go on until it waits for something from outside: every
/// coroutine gets that many turns.
inline task<> turns(int count = 50) {
  auto executor = co_await asio::this_coro::executor;
  for (int i = 0; i < count; ++i) co_await asio::post(executor, asio::use_awaitable);
}

}  // namespace mtp::test
