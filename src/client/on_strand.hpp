// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <asio/co_spawn.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <type_traits>
#include <utility>

namespace mtp::detail {

/// Runs `work` on `strand`: at once when the caller is there, else as a coroutine of its own that
/// the caller awaits where he is.
template <class T>
task<T> on_strand(asio::any_io_executor strand, task<T> work) {
  auto const here = co_await asio::this_coro::executor;
  if (here == strand) {
    if constexpr (std::is_void_v<T>) {
      co_await std::move(work);
      co_return;
    } else {
      T value = co_await std::move(work);
      co_return std::move(value);
    }
  }
  if constexpr (std::is_void_v<T>) {
    co_await asio::co_spawn(strand, std::move(work), asio::use_awaitable);
  } else {
    T value = co_await asio::co_spawn(strand, std::move(work), asio::use_awaitable);
    co_return std::move(value);
  }
}

}  // namespace mtp::detail
