// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/event.hpp>

#include <mtp/core/environment.hpp>

#include <utility>

namespace mtp {

event::event(environment& world, asio::any_io_executor strand)
    : timer_(world.make_timer(std::move(strand))) {}

event::~event() = default;

void event::notify() {
  set_ = true;
  timer_->cancel();
}

task<> event::wait() {
  while (!set_) co_await timer_->wait_until(steady_time::max());
  set_ = false;
}

task<> event::wait_next() { return timer_->wait_until(steady_time::max()); }

task<> event::wait_until(steady_time deadline) {
  if (!set_) co_await timer_->wait_until(deadline);
  set_ = false;
}

}  // namespace mtp
