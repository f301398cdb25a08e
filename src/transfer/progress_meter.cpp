// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/progress_meter.hpp"

#include "transfer/seconds_of.hpp"

#include <algorithm>
#include <cmath>

namespace mtp::MTP_ABI::transfer {
namespace {

/// What was so long ago counts for a third.
constexpr double memory_in_seconds = 3;
/// Parts arrive in bursts: a rate is that of a longer time.
constexpr duration least_span = std::chrono::milliseconds(250);
constexpr auto longest_left = std::chrono::hours(24 * 365);

std::chrono::seconds time_for(std::uint64_t bytes, double rate) {
  double const limit = std::chrono::duration<double>(longest_left).count();
  double const needed = std::ceil(static_cast<double>(bytes) / rate);
  return std::chrono::seconds(static_cast<std::int64_t>(std::min(needed, limit)));
}

}  // namespace

void progress_meter::on_bytes(steady_time now, std::uint64_t count) {
  done_ += count;
  unsettled_ += count;
  if (now - last_ < least_span) return;
  double const span = seconds_of(now - last_);
  double const measured = static_cast<double>(unsettled_) / span;
  double const weight = 1 - std::exp(-span / memory_in_seconds);
  rate_ = rate_ == 0 ? measured : rate_ + weight * (measured - rate_);
  last_ = now;
  unsettled_ = 0;
}

void progress_meter::on_wait(steady_time until) { waits_until_ = std::max(waits_until_, until); }

transfer_progress progress_meter::at(steady_time now) const {
  transfer_progress out;
  out.done = done_;
  out.total = total_;
  out.rate = rate_;
  out.elapsed = now - begun_;
  out.state = now < waits_until_ ? transfer_state::waiting : transfer_state::running;
  if (total_ && done_ >= *total_) out.state = transfer_state::finished;
  if (total_ && rate_ > 0) out.left = time_for(*total_ - std::min(done_, *total_), rate_);
  return out;
}

}  // namespace mtp::MTP_ABI::transfer
