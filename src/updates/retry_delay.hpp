// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::updates {

inline constexpr duration max_retry_delay = std::chrono::minutes(5);
/// How long to wait after a failure, and after an answer that did not bring what is missing.
inline constexpr duration first_retry_delay = std::chrono::seconds(3);
inline constexpr duration first_gap_delay = std::chrono::seconds(1);
/// So many answers in a row may bring nothing new before the next is asked for later.
inline constexpr int max_idle_rounds = 3;

/// The same after `before` others: twice as long each time.
inline duration retry_delay(duration first, int before) {
  return std::min<duration>(first * (1 << std::clamp(before, 0, 9)), max_retry_delay);
}

/// When to ask again after the `rounds`th answer in a row that brought nothing new.
inline steady_time next_round(int rounds, steady_time now) {
  if (rounds < max_idle_rounds) return now;
  return now + retry_delay(first_gap_delay, rounds - max_idle_rounds);
}

}  // namespace mtp::MTP_ABI::updates
