// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/backoff.hpp"

#include <optional>
#include <system_error>

namespace mtp::MTP_ABI::detail {

/// Decides whether an account whose client or program failed begins again, and when. Reads no
/// clock.
class account_restarts {
 public:
  /// Lifetime: `random` outlives this.
  account_restarts(backoff_options options, random_source& random)
      : never_(options.restart == restart_policy::none), backoff_(options, random) {}

  /// It begins, at `now`.
  void on_begun(steady_time now) { backoff_.on_connected(now); }
  /// It failed at `now`. How long to wait before it begins again; empty when it is over.
  std::optional<duration> on_failed(std::error_code why, steady_time now);
  /// Somebody wants it to begin anew: earlier failures are forgotten.
  void on_restarted() { backoff_.reset(); }

 private:
  bool never_;
  net::backoff backoff_;
};

}  // namespace mtp::MTP_ABI::detail
