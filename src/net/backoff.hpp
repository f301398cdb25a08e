// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/net/backoff_options.hpp>

namespace mtp::MTP_ABI::net {

/// Decides how long to wait before each attempt to connect. Reads no clock.
class backoff {
 public:
  /// Lifetime: `random` outlives this.
  backoff(backoff_options options, random_source& random) : options_(options), random_(random) {}

  /// An attempt failed, or a connection broke; the time to wait before the next attempt. Between
  /// half and the whole of the current step, so that many clients do not come back together.
  duration on_failed();
  /// The server wants fewer connections: the next wait is at least a second, also when the options
  /// say less, and further ones double that.
  void on_rate_limited() { rate_limited_ = true; }
  /// A connection works, since `now`.
  void on_connected(steady_time now) { since_ = now; }
  /// The working connection broke at `now`; the time to wait, none when it had lasted.
  duration on_disconnected(steady_time now);
  /// The network is back: forgets all failures.
  void reset();

 private:
  duration step() const;
  duration rate_limited_step();

  backoff_options options_;
  random_source& random_;
  int failures_ = 0;
  int rate_limits_ = 0;
  bool rate_limited_ = false;
  steady_time since_ = {};
};

}  // namespace mtp::MTP_ABI::net
