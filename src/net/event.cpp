// SPDX-License-Identifier: MIT OR Apache-2.0
#include "event.hpp"

#include <asio/redirect_error.hpp>
#include <asio/use_awaitable.hpp>

#include <utility>

namespace mtp::net {

event::event(asio::any_io_executor strand)
    : timer_(std::move(strand), asio::steady_timer::time_point::max()) {}

void event::notify() {
  set_ = true;
  timer_.cancel();
}

task<> event::wait() {
  while (!set_) co_await sleep();
  set_ = false;
}

task<> event::wait_next() { return sleep(); }

task<> event::wait_until(asio::steady_timer::time_point deadline) {
  if (!set_) {
    timer_.expires_at(deadline);
    co_await sleep();
    timer_.expires_at(asio::steady_timer::time_point::max());
  }
  set_ = false;
}

/// Ends at a notification, at the time set, or when the coroutine is cancelled: the next co_await
/// throws then.
task<> event::sleep() {
  std::error_code ignored;
  co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace mtp::net
