// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

#include <cstdint>
#include <map>
#include <optional>

namespace mtp::MTP_ABI::updates {

/// The channels whose difference is wanted, and when it is asked for. Reads no clock.
///
/// Threads: none of its own; one at a time.
class MTP_API channel_schedule {
 public:
  /// Something is missing: the difference is wanted at `due`, unless it is wanted already.
  void request(std::int64_t channel, steady_time due);
  /// The same while what is missing may still come: on_gap_filled() takes it back.
  void request_unless_filled(std::int64_t channel, steady_time due);
  void on_gap_filled(std::int64_t channel);

  /// It was refused, the `failures`th time in a row (from 0); wanted again at `due`.
  int failures(std::int64_t channel) const;
  void on_refused(std::int64_t channel, steady_time due);
  void remove(std::int64_t channel) { entries_.erase(channel); }
  void clear() { entries_.clear(); }

  /// A channel whose time has come.
  std::optional<std::int64_t> due_at(steady_time now) const;
  /// When the next one is due; the end of time when none is wanted.
  steady_time next_due() const;
  bool empty() const noexcept { return entries_.empty(); }
  bool is_wanted(std::int64_t channel) const { return entries_.contains(channel); }

 private:
  struct entry {
    steady_time due = {};
    int failures = 0;
    bool until_filled = false;
  };
  std::map<std::int64_t, entry>::const_iterator first() const;

  std::map<std::int64_t, entry> entries_;
};

}  // namespace mtp::MTP_ABI::updates
