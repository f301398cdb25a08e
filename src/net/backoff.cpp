// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/backoff.hpp"

#include <algorithm>
#include <utility>

namespace mtp::net {
namespace {

constexpr auto longest_slow_step = std::chrono::seconds(64);

}  // namespace

duration backoff::step() const {
  duration wait = options_.first;
  if (options_.restart == restart_policy::fixed) return wait;
  for (int i = 0; i < failures_ && wait < options_.longest; ++i) wait *= 2;
  return std::min(wait, options_.longest);
}

/// At least two seconds, of which chance takes at most half.
duration backoff::slow_step() {
  duration wait = std::chrono::seconds(2);
  for (int i = 0; i < slow_failures_ && wait < longest_slow_step; ++i) wait *= 2;
  slow_failures_ = std::min(slow_failures_ + 1, 60);
  return wait;
}

duration backoff::failed() {
  duration const slow = std::exchange(slowed_down_, false) ? slow_step() : duration::zero();
  duration const whole = std::max(step(), slow);
  failures_ = std::min(failures_ + 1, 60);
  auto const span = static_cast<std::uint64_t>(whole.count()) / 2 + 1;
  return whole / 2 + duration(static_cast<duration::rep>(random_.make<std::uint64_t>() % span));
}

duration backoff::broke(steady_time now) {
  if (now - since_ < options_.good_after) return failed();
  reset();
  return {};
}

void backoff::reset() {
  failures_ = slow_failures_ = 0;
  slowed_down_ = false;
}

}  // namespace mtp::net
