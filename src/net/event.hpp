// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <asio/steady_timer.hpp>

namespace mtp::net {

/// Wakes one coroutine that waits for something to do. A notification that comes while nobody
/// waits is kept.
///
/// Threads: belongs to the strand it was made with. Lifetime: outlives who waits.
class event {
 public:
  explicit event(asio::any_io_executor strand);

  void notify();

  /// Waits for the next notification. Cancellation: terminal.
  task<> wait();

  /// Waits for a notification that is yet to come; any number of coroutines may. For conditions
  /// that are checked in a loop. Cancellation: terminal.
  task<> wait_next();

  /// As wait(), but not beyond `deadline`.
  task<> wait_until(asio::steady_timer::time_point deadline);

 private:
  task<> sleep();

  asio::steady_timer timer_;
  bool set_ = false;
};

}  // namespace mtp::net
