// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/backoff.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

constexpr auto max_rate_limited_step = std::chrono::seconds(64);

}  // namespace

duration backoff::step() const {
  duration wait = options_.initial_delay;
  if (options_.restart == restart_policy::fixed) return wait;
  for (int i = 0; i < failures_ && wait < options_.max_delay; ++i) wait *= 2;
  return std::min(wait, options_.max_delay);
}

/// At least two seconds, of which chance takes at most half.
duration backoff::rate_limited_step() {
  duration wait = std::chrono::seconds(2);
  for (int i = 0; i < rate_limits_ && wait < max_rate_limited_step; ++i) wait *= 2;
  rate_limits_ = std::min(rate_limits_ + 1, 60);
  return wait;
}

duration backoff::on_failed() {
  duration const slow =
      std::exchange(rate_limited_, false) ? rate_limited_step() : duration::zero();
  duration const whole = std::max(step(), slow);
  failures_ = std::min(failures_ + 1, 60);
  auto const span = static_cast<std::uint64_t>(whole.count()) / 2 + 1;
  return whole / 2 + duration(static_cast<duration::rep>(random_.make<std::uint64_t>() % span));
}

duration backoff::on_disconnected(steady_time now) {
  if (now - since_ < options_.reset_after) return on_failed();
  reset();
  return {};
}

void backoff::reset() {
  failures_ = rate_limits_ = 0;
  rate_limited_ = false;
}

}  // namespace mtp::MTP_ABI::net
