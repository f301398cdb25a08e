// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/refusal.hpp>
#include <mtp/net/retry_options.hpp>

#include <variant>

namespace mtp::MTP_ABI::net {

/// Decides for one call what follows a refusal. Performs nothing and reads no clock.
class request_policy {
 public:
  struct give_up {
    bool operator==(give_up const&) const = default;
  };
  struct retry {
    duration wait = {};
    bool operator==(retry const&) const = default;
  };
  /// The account or number belongs to another data centre: go there and repeat.
  struct migrate {
    int dc = 0;
    bool operator==(migrate const&) const = default;
  };
  /// What is asked for lies in another data centre: repeat it there.
  struct redirect {
    int dc = 0;
    bool operator==(redirect const&) const = default;
  };
  /// The server forgot which client this is: say it once more and repeat.
  struct init_connection {
    bool operator==(init_connection const&) const = default;
  };
  /// The key is of no use any more: make another and repeat.
  struct renew_key {
    bool operator==(renew_key const&) const = default;
  };
  using action = std::variant<give_up, retry, migrate, redirect, init_connection, renew_key>;

  explicit request_policy(retry_options options) : options_(options) {}

  action refused(rpc_failure const& why);

 private:
  action on_flood(duration wait);
  action on_server_error(duration min_wait);

  retry_options options_;
  duration flood_total_ = {};
  duration server_error_total_ = {};
  int server_errors_ = 0;
  int migrations_ = 0;
  int redirections_ = 0;
  int initialisations_ = 0;
  int renewals_ = 0;
};

}  // namespace mtp::MTP_ABI::net
