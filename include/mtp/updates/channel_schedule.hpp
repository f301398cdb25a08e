// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/updates/report.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace mtp::MTP_ABI::updates {

/// The channels whose difference is wanted, when it is asked for, and which are being asked for.
/// Reads no clock.
///
/// Threads: none of its own; one at a time.
class MTP_API channel_schedule {
 public:
  struct entry {
    steady_time due = {};
    int failures = 0;           ///< so often in a row it did not bring what is missing
    int gap_rounds = 0;         ///< so many answers did not have it
    int idle_rounds = 0;        ///< so many answers in a row brought nothing new
    bool is_rest = false;       ///< the last answer was not all of it
    bool is_stuck = false;      ///< the last answer did not move it
    bool until_filled = false;  ///< on_gap_filled() takes it back
    bool is_asked = false;      ///< the answer is on its way
    bool is_walking = false;    ///< its history is fetched instead, and its updates wait
    bool is_void = false;       ///< which nobody needs any more
    bool again = false;         ///< and it is wanted once more after that
  };

  /// Something is missing: the difference is wanted at `due`, unless it is wanted already.
  void request(std::int64_t channel, steady_time due);
  /// The same while what is missing may still come: on_gap_filled() takes it back. `is_new`: more
  /// is missing than was known.
  void request_unless_filled(std::int64_t channel, steady_time due, bool is_new);
  void on_gap_filled(std::int64_t channel);
  /// It is wanted as `how` says.
  void schedule(std::int64_t channel, entry how);

  /// It is asked for now.
  void on_asked(std::int64_t channel);
  /// The answer is on its way, and is needed.
  bool is_asked(std::int64_t channel) const;
  /// It stands still: an answer is on its way, or its history is fetched.
  bool is_held(std::int64_t channel) const;
  /// What was known of one that was asked for, which is not wanted any more; empty when it was not.
  std::optional<entry> take_asked(std::int64_t channel);
  /// Answers that are on their way are of no use; with `again` they are asked for anew after that.
  void void_asked(bool again);
  std::size_t asked_count() const noexcept { return entries_.size() - queue_.size(); }

  int failures(std::int64_t channel) const;
  void remove(std::int64_t channel);
  /// Nothing is wanted any more.
  void clear();

  /// A channel whose time has come.
  std::optional<std::int64_t> due_at(steady_time now) const;
  /// When the next one is due; the end of time when none is wanted.
  steady_time next_due() const;
  bool empty() const noexcept { return entries_.empty(); }
  /// Those that are wanted or being asked for.
  std::set<std::int64_t> wanted() const;
  /// Why the difference of a channel is wanted, as far as that is remembered.
  difference_reason reason(std::int64_t channel) const;
  bool is_wanted(std::int64_t channel) const { return entries_.contains(channel); }

 private:
  void move_to(std::int64_t channel, entry& one, steady_time due);

  std::map<std::int64_t, entry> entries_;
  std::set<std::pair<steady_time, std::int64_t>> queue_;  ///< those that are not being asked for
};

}  // namespace mtp::MTP_ABI::updates
