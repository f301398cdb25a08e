// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/task.hpp>

#include <asio/co_spawn.hpp>
#include <asio/experimental/parallel_group.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <type_traits>
#include <utility>

namespace mtp {

/// Runs `work`, and cancels it when it has not ended after `limit`.
///
/// A failure of `work` is thrown at once. Asio's own `work || timer` would hold it until the timer
/// has run and then drop it (chriskohlhoff/asio#1594). Cancellation: as `work`. Errors: what `work`
/// throws; mtp::error with client_errc::timed_out when the time was up and the work did not come to
/// its end all the same.
template <class T>
task<T> with_timeout(task<T> work, duration limit) {
  auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor, limit);
  auto start_work = [&](auto token) {
    return asio::co_spawn(executor, std::move(work), std::move(token));
  };
  auto start_timer = [&](auto token) { return timer.async_wait(std::move(token)); };
  auto group = asio::experimental::make_parallel_group(start_work, start_timer);
  auto both = group.async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
  auto outcome = co_await std::move(both);
  auto const& order = std::get<0>(outcome);
  auto const& failure = std::get<1>(outcome);
  auto const& timer_error = std::get<std::tuple_size_v<decltype(outcome)> - 1>(outcome);
  // Work that succeeds although it was told to end has done what cannot be taken back.
  if (failure && order[0] == 1 && !timer_error)
    throw error(make_error_code(client_errc::timed_out));
  if (failure) std::rethrow_exception(failure);
  if constexpr (!std::is_void_v<T>) co_return std::move(std::get<2>(outcome));
}

}  // namespace mtp
