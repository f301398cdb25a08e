// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/timeout.hpp>

#include <mtp/core/deadline.hpp>
#include <mtp/core/environment.hpp>
#include <mtp/core/error.hpp>

#include <asio/co_spawn.hpp>
#include <asio/experimental/parallel_group.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace mtp::MTP_ABI {
task<> with_timeout(environment& world, task<> work, duration limit) {
  auto executor = co_await asio::this_coro::executor;
  auto const timer = world.make_timer(executor);
  auto const end = deadline_after(world.now().steady, limit);
  auto start_work = [&](auto token) {
    return asio::co_spawn(executor, std::move(work), std::move(token));
  };
  auto start_timer = [&](auto token) {
    return asio::co_spawn(executor, timer->wait_until(end), std::move(token));
  };
  auto group = asio::experimental::make_parallel_group(start_work, start_timer);
  auto both = group.async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
  auto const outcome = co_await std::move(both);
  auto const& [order, failure, timer_failure] = outcome;
  if (!failure) co_return;  // although it was told to end, perhaps: that cannot be taken back
  auto const now = co_await asio::this_coro::cancellation_state;
  bool const cancelled = now.cancelled() != asio::cancellation_type::none;
  if (order[0] == 1 && !timer_failure && !cancelled)
    throw error(make_error_code(client_errc::timed_out));
  std::rethrow_exception(failure);
}

task<> with_timeout(task<> work, duration limit) {
  return with_timeout(real_environment(), std::move(work), limit);
}

}  // namespace mtp::MTP_ABI
