// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp::MTP_ABI::transfer {

struct window_limits {
  int first = 2;  ///< parts under way in the beginning
  int most = 16;
};

/// How many parts may be under way to a data centre at a time. Doubles every round trip until
/// parts begin to queue up on the way, then stays where few of them do: more would take memory and
/// bring nothing. Waits that the server wants hold everything.
///
/// Decides; reads no clock.
class transfer_window {
 public:
  explicit transfer_window(window_limits limits = {}) : limits_(limits), size_(limits.first) {}

  /// Whether another part may be sent.
  bool may_start(steady_time now) const;
  /// Until when the server wants nothing; in the past when it does not say so.
  steady_time paused_until() const { return paused_until_; }
  int under_way() const { return under_way_; }
  /// As many as may be under way at a time.
  int size() const { return static_cast<int>(size_); }

  void on_start() { ++under_way_; }
  /// A part went through, which took so long.
  void on_done(duration took);
  /// A part was given up before anything came of it.
  void on_given_up() { --under_way_; }
  /// The server failed over a part: what is under way is too much for it.
  void on_trouble(steady_time now);
  /// The server wants us to wait: for its sake with less from then on.
  void on_wait(steady_time now, duration wait);

 private:
  void shrink(steady_time now);
  void grow(double queued);

  window_limits limits_;
  double size_;
  int under_way_ = 0;
  bool slow_start_ = true;
  duration shortest_ = {};  ///< that a part took; zero: none did yet
  steady_time paused_until_ = steady_time::min();
  steady_time last_shrink_ = steady_time::min();
};

}  // namespace mtp::MTP_ABI::transfer
