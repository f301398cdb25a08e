// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/error.hpp>

#include <variant>

namespace mtp {

/// What the library does about refusals by itself, before the caller hears of them.
struct retry_options {
  /// FLOOD_WAIT is slept as long as all waits of one call stay within this; longer ones go to the
  /// caller as flood_wait. Zero hands over every one.
  duration flood_budget = std::chrono::seconds(60);
  /// Trouble inside the server (code 500 and the like) is asked again within this time.
  duration trouble_budget = std::chrono::seconds(60);
};

namespace net {

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
  /// The server forgot who we are: introduce the client once more and repeat.
  struct introduce {
    bool operator==(introduce const&) const = default;
  };
  /// The key is of no use any more: make another and repeat.
  struct renew_key {
    bool operator==(renew_key const&) const = default;
  };
  using action = std::variant<give_up, retry, migrate, redirect, introduce, renew_key>;

  explicit request_policy(retry_options options) : options_(options) {}

  action refused(rpc_failure const& why);

 private:
  action flood(rpc_failure const& why);
  action trouble();

  retry_options options_;
  duration flooded_ = {};
  duration troubled_ = {};
  int troubles_ = 0;
  int migrations_ = 0;
  int redirections_ = 0;
  int introductions_ = 0;
  int renewals_ = 0;
};

}  // namespace net
}  // namespace mtp
