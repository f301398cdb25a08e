// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/net/pool_options.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::net {

/// Decides how many connections there are to one data centre for one purpose, and which of them a
/// call uses. Performs nothing and reads no clock.
///
/// A connection is selectable from on_ready() to on_gone(). A lease counts a call on a connection
/// from lease() to give_back(); nothing is held in between, so any number of calls use one
/// connection at a time.
class pool_policy {
 public:
  /// Names a connection; never used again for another.
  enum class slot : std::uint64_t {};

  struct open {
    slot which = {};
    bool operator==(open const&) const = default;
  };
  struct close {
    slot which = {};
    bool operator==(close const&) const = default;
  };
  struct wait {
    std::optional<steady_time> until = {};
    bool operator==(wait const&) const = default;
  };
  using action = std::variant<open, close, wait>;

  explicit pool_policy(pool_options options) : options_(options) {}

  /// What to do now; to be asked until it answers wait, and again after each event.
  action next(steady_time now);

  /// The least busy connection that is ready, if any. A caller who gets none calls add_waiting()
  /// and asks again when one is ready.
  std::optional<slot> lease();
  /// The call has ended, however. Of a connection that is gone nothing is given back.
  void give_back(slot which, steady_time now);
  /// Calls wait for a connection, so many more or fewer.
  void add_waiting(int calls) { waiting_ += calls; }

  /// The whole set-up of a connection is done: key, initConnection, imported login.
  void on_ready(slot which, steady_time now);
  /// A connection has to be set up again, or reconnects: calls under way stay, new ones do not
  /// come.
  void on_not_ready(slot which);
  /// A connection is gone.
  void on_gone(slot which);
  /// A connection is gone because of an error, or did not come about: the one that is always kept
  /// is not opened again at once, unless a call waits.
  void on_failed(slot which, steady_time now);

  std::size_t size() const noexcept { return connections_.size(); }
  /// So many that calls may use.
  std::size_t ready_count() const noexcept;
  /// Calls on all of them, and those that wait for one.
  std::size_t call_count() const noexcept;
  int load_of(slot which) const;

 private:
  struct connection {
    slot which = {};
    int load = 0;
    bool ready = false;
    bool closing = false;
    steady_time idle_since = {};
  };

  connection* find(slot which);
  bool needs_another(steady_time now) const;
  connection* idle(steady_time now);
  std::optional<steady_time> next_event(steady_time now) const;
  bool may_idle_out(connection const& one) const;

  pool_options options_;
  std::vector<connection> connections_;
  std::uint64_t last_ = 0;
  int waiting_ = 0;
  steady_time spare_from_ = steady_time::min();
};

}  // namespace mtp::MTP_ABI::net
