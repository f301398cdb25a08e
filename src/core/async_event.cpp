// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/async_event.hpp>

#include <mtp/core/environment.hpp>

#include <utility>

namespace mtp::MTP_ABI {

async_event::async_event(environment& world, asio::any_io_executor strand)
    : world_(world), strand_(std::move(strand)), waiting_(strand_) {}

async_event::~async_event() = default;

void async_event::notify() {
  set_ = true;
  waiting_.wake();
  if (timer_) timer_->cancel();
}

task<> async_event::wait() {
  while (!set_) co_await waiting_.wait();
  set_ = false;
}

task<> async_event::wait_next() { return waiting_.wait(); }

task<> async_event::wait_until(steady_time deadline) {
  if (deadline == steady_time::max()) {
    if (!set_) co_await waiting_.wait();
  } else if (!set_) {
    if (!timer_) timer_ = world_.make_timer(strand_);
    co_await timer_->wait_until(deadline);
  }
  set_ = false;
}

}  // namespace mtp::MTP_ABI
