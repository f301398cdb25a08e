// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/task.hpp>

#include <optional>
#include <utility>

namespace mtp::MTP_ABI {

class environment;

/// Runs `work`, and cancels it when it has not ended after `limit`.
///
/// A failure of `work` is thrown at once. Asio's own `work || timer` would hold it until the timer
/// has run and then drop it (chriskohlhoff/asio#1594). Cancellation: as `work`. Errors: what `work`
/// throws; mtp::error with client_errc::timed_out when the time was up and the work did not come to
/// its end all the same. Threads: the caller runs on a strand or on a loop with one thread, since
/// the timer cancels what it runs. Lifetime: `world`, whose clock counts, outlives it.
MTP_API task<> with_timeout(environment& world, task<> work, duration limit);
/// The same by the machine's own clock. Cancellation, Errors, Threads: as above.
MTP_API task<> with_timeout(task<> work, duration limit);

namespace detail {

/// Lifetime: `value` outlives the coroutine.
template <class T>
task<> keep_value(task<T> work, std::optional<T>& value) {
  value.emplace(co_await std::move(work));
}

}  // namespace detail

/// The same for work that has a value. Cancellation, Errors, Threads, Lifetime: as above.
template <class T>
task<T> with_timeout(environment& world, task<T> work, duration limit) {
  std::optional<T> value;
  auto keeping = detail::keep_value(std::move(work), value);
  co_await with_timeout(world, std::move(keeping), limit);
  co_return std::move(*value);
}

/// The same by the machine's own clock. Cancellation, Errors, Threads: as above.
template <class T>
task<T> with_timeout(task<T> work, duration limit) {
  std::optional<T> value;
  auto keeping = detail::keep_value(std::move(work), value);
  co_await with_timeout(std::move(keeping), limit);
  co_return std::move(*value);
}

}  // namespace mtp::MTP_ABI
