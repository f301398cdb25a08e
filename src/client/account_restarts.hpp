// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "net/backoff.hpp"

#include <mtp/core/as_result.hpp>

#include <optional>

namespace mtp::MTP_ABI::detail {

/// Decides whether an account whose client or program failed begins again, and when. Reads no
/// clock.
class account_restarts {
 public:
  /// Lifetime: `random` outlives this.
  account_restarts(backoff_options options, random_source& random)
      : options_(options), random_(random), backoff_(options, random) {}

  /// It begins, at `now`.
  void on_begun(steady_time now) { backoff_.on_connected(now); }
  /// It failed at `now`. How long to wait before it begins again; empty when it is over.
  std::optional<duration> on_failed(error_info const& why, steady_time now);
  /// Somebody wants it to begin anew: earlier failures are forgotten.
  void on_restarted() { backoff_.reset(); }

 private:
  duration some_time() const;

  backoff_options options_;
  random_source& random_;
  net::backoff backoff_;
};

}  // namespace mtp::MTP_ABI::detail
