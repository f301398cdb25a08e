// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace mtp::net {

/// Wakes one coroutine that waits for something to do. A notification that comes while nobody
/// waits is kept.
///
/// Threads: belongs to the strand it was made with. Lifetime: outlives who waits.
class event {
 public:
  explicit event(asio::any_io_executor strand)
      : timer_(std::move(strand), asio::steady_timer::time_point::max()) {}

  void notify() {
    set_ = true;
    timer_.cancel();
  }

  /// Waits for the next notification. Cancellation: terminal.
  task<> wait() {
    while (!set_) co_await sleep();
    set_ = false;
  }

  /// Waits for a notification that is yet to come; any number of coroutines may. For conditions
  /// that are checked in a loop. Cancellation: terminal.
  task<> wait_next() { return sleep(); }

  /// As wait(), but not beyond `deadline`.
  task<> wait_until(asio::steady_timer::time_point deadline) {
    if (!set_) {
      timer_.expires_at(deadline);
      co_await sleep();
      timer_.expires_at(asio::steady_timer::time_point::max());
    }
    set_ = false;
  }

 private:
  /// Ends at a notification, at the time set, or when the coroutine is cancelled: the next
  /// co_await throws then.
  task<> sleep() {
    std::error_code ignored;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }

  asio::steady_timer timer_;
  bool set_ = false;
};

}  // namespace mtp::net
