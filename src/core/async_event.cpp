// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/async_event.hpp>

#include <mtp/core/environment.hpp>

namespace mtp::MTP_ABI {

strand_event::strand_event(environment& world, asio::any_io_executor const& strand)
    : world_(world), strand_(strand), waiting_(strand_) {}

strand_event::~strand_event() = default;

void strand_event::notify() {
  set_ = true;
  waiting_.wake();
  if (timer_) timer_->cancel();
}

task<> strand_event::wait() {
  while (!set_) co_await waiting_.wait();
  set_ = false;
}

task<> strand_event::wait_next() { return waiting_.wait(); }

task<> strand_event::wait_until(steady_time deadline) {
  if (deadline == steady_time::max()) {
    if (!set_) co_await waiting_.wait();
  } else if (!set_) {
    if (!timer_) timer_ = world_.make_timer(strand_);
    co_await timer_->wait_until(deadline);
  }
  set_ = false;
}

}  // namespace mtp::MTP_ABI
