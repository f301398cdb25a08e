// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/transfer_window.hpp"

#include "transfer/seconds_of.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::transfer {
namespace {

/// So many parts may queue up on the way: with fewer the link runs dry now and then, with more
/// they only wait.
constexpr double few_queued = 2;
constexpr double many_queued = 4;
/// Refusals that come together have one reason.
constexpr duration one_reason = std::chrono::seconds(1);

}  // namespace

bool transfer_window::may_start(steady_time now) const {
  return now >= paused_until_ && under_way_ < size();
}

void transfer_window::on_done(duration took) {
  --under_way_;
  took = std::max(took, duration(1));
  shortest_ = shortest_ == duration() ? took : std::min(shortest_, took);
  // What is under way beyond what the shortest trip would need stands in a queue.
  grow(size_ * (1 - seconds_of(shortest_) / seconds_of(took)));
}

void transfer_window::grow(double queued) {
  if (queued > many_queued) {
    slow_start_ = false;
    size_ -= 1 / size_;
  } else if (slow_start_ && queued <= few_queued) {
    size_ += 1;
  } else if (queued <= few_queued) {
    size_ += 1 / size_;
  } else {
    slow_start_ = false;
  }
  size_ = std::clamp(size_, 1.0, static_cast<double>(limits_.most));
}

void transfer_window::shrink(steady_time now) {
  slow_start_ = false;
  bool const same_reason = last_shrink_ != steady_time::min() && now < last_shrink_ + one_reason;
  if (same_reason) return;
  last_shrink_ = now;
  size_ = std::max(1.0, size_ / 2);
}

void transfer_window::on_trouble(steady_time now) {
  --under_way_;
  shrink(now);
}

void transfer_window::on_wait(steady_time now, duration wait) {
  --under_way_;
  shrink(now);
  paused_until_ = std::max(paused_until_, now + wait);
}

}  // namespace mtp::MTP_ABI::transfer
