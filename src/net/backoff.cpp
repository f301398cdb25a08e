// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/net/backoff.hpp>

#include <algorithm>

namespace mtp::net {

duration backoff::step() const {
  duration wait = options_.first;
  for (int i = 0; i < failures_ && wait < options_.longest; ++i) wait *= 2;
  return std::min(wait, options_.longest);
}

duration backoff::failed() {
  duration const whole = step();
  failures_ = std::min(failures_ + 1, 60);
  auto const span = static_cast<std::uint64_t>(whole.count()) / 2 + 1;
  return whole / 2 + duration(static_cast<duration::rep>(random_.make<std::uint64_t>() % span));
}

void backoff::told_to_slow_down() {
  while (failures_ < 60 && step() < options_.longest && step() < std::chrono::seconds(2))
    ++failures_;
}

duration backoff::broke(steady_time now) {
  if (now - since_ < options_.good_after) return failed();
  reset();
  return {};
}

}  // namespace mtp::net
