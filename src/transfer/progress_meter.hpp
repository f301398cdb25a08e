// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/transfer/progress_ref.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::transfer {

/// Counts what went through, and how fast: the rate of the last seconds, smoothed.
///
/// Reads no clock.
class progress_meter {
 public:
  progress_meter(steady_time now, std::optional<std::uint64_t> total)
      : begun_(now), last_(now), total_(total) {}

  void set_total(std::uint64_t total) { total_ = total; }
  /// So many were there before it began; they say nothing of its rate.
  void set_there(std::uint64_t count) { done_ = count; }
  void on_bytes(steady_time now, std::uint64_t count);
  /// Nothing was to go through until now: that is not what it takes.
  void on_pause_end(steady_time now) { last_ = std::max(last_, now); }
  /// The server wants us to wait until then.
  void on_wait(steady_time until);
  transfer_progress at(steady_time now) const;

 private:
  steady_time begun_;
  steady_time last_;
  std::optional<std::uint64_t> total_;
  std::uint64_t done_ = 0;
  std::uint64_t unsettled_ = 0;  ///< since `last_`, too short ago for a rate of their own
  double rate_ = 0;              ///< bytes a second
  steady_time waits_until_ = steady_time::min();
};

}  // namespace mtp::MTP_ABI::transfer
