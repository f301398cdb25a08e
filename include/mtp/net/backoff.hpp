// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/random.hpp>

namespace mtp {

/// How long to wait before connecting again.
struct backoff_options {
  duration first = std::chrono::milliseconds(500);  ///< after the first failure; doubled by each
  duration longest = std::chrono::seconds(30);      ///< never more than that
  /// A connection that lasted this long was a success: the next wait is the first again.
  duration good_after = std::chrono::seconds(10);
};

namespace net {

/// Decides how long to wait before each attempt to connect. Reads no clock.
class backoff {
 public:
  /// Lifetime: `random` outlives this.
  backoff(backoff_options options, random_source& random) : options_(options), random_(random) {}

  /// An attempt failed, or a connection broke; the time to wait before the next attempt. Between
  /// half and the whole of the current step, so that many clients do not come back together.
  duration failed();
  /// The server wants fewer connections: the next wait is at least a second.
  void told_to_slow_down();
  /// A connection works, since `now`.
  void connected(steady_time now) { since_ = now; }
  /// The working connection broke at `now`; the time to wait, none when it had lasted.
  duration broke(steady_time now);
  /// The network is back: forgets all failures.
  void reset() { failures_ = 0; }

 private:
  duration step() const;

  backoff_options options_;
  random_source& random_;
  int failures_ = 0;
  steady_time since_ = {};
};

}  // namespace net
}  // namespace mtp
