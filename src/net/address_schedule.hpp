// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/help.getConfig
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/net/connection_options.hpp>

#include <variant>

namespace mtp::MTP_ABI::net {

/// Decides when the server is asked for the addresses of its data centres: when the client begins,
/// when the answer has expired, after a while when there was none, and when the server says that
/// there is something new, which it may say often. Performs nothing and reads no clock.
class address_schedule {
 public:
  struct ask {
    bool operator==(ask const&) const = default;
  };
  struct wait {
    steady_time until = {};
    bool operator==(wait const&) const = default;
  };
  using action = std::variant<ask, wait>;

  /// `has_own`: the program named addresses itself.
  address_schedule(address_refresh mode, bool has_own);

  /// Whether the server is ever asked, and what it says of addresses is taken.
  bool is_wanted() const noexcept { return wanted_; }
  /// What to do now. After `ask` that is to wait, until the answer or its failure was fed.
  action next(steady_time now);

  /// The answer, which says how long it holds.
  void on_answer(std::chrono::seconds validity, steady_time now);
  void on_failed(steady_time now);
  /// The server says that there is something new.
  void on_changed() noexcept { changed_ = true; }

 private:
  void plan(duration span, steady_time now);
  steady_time due() const;

  bool wanted_;
  bool asked_ = false;
  bool changed_ = false;
  steady_time expiry_ = steady_time::min();
  steady_time next_change_ = steady_time::min();  ///< that is followed at once
};

}  // namespace mtp::MTP_ABI::net
