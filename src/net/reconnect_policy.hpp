// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/net/backoff.hpp>

#include <optional>
#include <system_error>
#include <variant>

namespace mtp::net {

/// No further attempt will change this. Some of it is what an unauthenticated peer said, on whose
/// way a bit may have changed.
bool is_hopeless(std::error_code why);

struct reconnect_options {
  backoff_options backoff = {};
  duration first_connection = std::chrono::seconds(10);  ///< see connection_options
  bool was_connected = false;       ///< the owner had a connection, to wherever
  bool ends_when_hopeless = false;  ///< until this one was connected, although the owner was
};

/// Decides when the next attempt to connect is made and when there is none. Performs nothing and
/// reads no clock.
///
/// Until the first connection is established the time is bounded, and what no further attempt can
/// change ends it: at once when this side knows it, after three attempts that end with it when an
/// unauthenticated peer says so. Later ones are tried for ever, unless the restart policy is `none`
/// and something else than this side itself broke the connection.
class reconnect_policy {
 public:
  struct connect {
    bool operator==(connect const&) const = default;
  };
  struct wait {
    steady_time until = {};
    bool operator==(wait const&) const = default;
  };
  struct give_up {
    std::error_code why = {};
    bool operator==(give_up const&) const = default;
  };
  using action = std::variant<connect, wait, give_up>;

  /// Lifetime: `random` outlives this.
  reconnect_policy(reconnect_options options, random_source& random, steady_time now);

  action next(steady_time now) const;

  /// The server said something under our key, or proved itself in a key exchange that ended well.
  void on_established(steady_time now);
  /// No address led to a connection, or the connection broke. `quick` asks for no wait: what broke
  /// it is known and has been dealt with. Too many of those wait like the others, until a
  /// connection lasts.
  void on_failed(std::error_code why, steady_time now, bool quick = false);
  /// The program knows that the network is back.
  void on_network_restored(steady_time now);

  /// `limit`, or what is left of the time for the first connection.
  duration bounded(duration limit, steady_time now) const;
  bool was_connected() const noexcept { return was_connected_; }

 private:
  bool is_final(std::error_code why, steady_time now, bool quick) const;
  bool is_believed(std::error_code why) const;
  void count_claim(std::error_code why);
  bool has_lasted(steady_time now) const;
  duration delay(std::error_code why, steady_time now, bool quick);

  reconnect_options options_;
  backoff backoff_;
  steady_time first_deadline_;
  steady_time next_;
  std::optional<std::error_code> final_;
  steady_time since_ = {};
  int quick_retries_ = 0;
  std::error_code claim_ = {};  // hopeless, and said by the peer of the last attempt
  int claims_ = 0;              // by those before it, too
  bool was_connected_ = false;
  bool connected_ = false;
  bool established_ = false;  // ever, by this one
};

}  // namespace mtp::net
