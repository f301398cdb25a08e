// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_run.hpp"
#include "client/lifecycle.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace mtp::MTP_ABI::detail {

/// Says what a client is doing, to those who look and to those who wait for changes.
class status_board {
 public:
  /// Lifetime: both outlive this.
  status_board(client_context& context, client_run& run);

  /// Feeds the machine that decides, as `note(&lifecycle::on_updating, true)`.
  template <class... Args>
  void note(void (lifecycle::*what)(Args...), std::type_identity_t<Args>... args) {
    (machine_.*what)(args...);
    publish();
  }
  /// Called after each change, on the strand. Lifetime: what it refers to outlives this.
  void set_listener(std::function<void()> listener) { listener_ = std::move(listener); }
  /// The last change.
  status_change const& last() const noexcept { return machine_.now(); }
  /// The change `number`, or the first that is kept; moves `number` behind it. Empty when there is
  /// none yet.
  std::optional<status_change> take(std::uint64_t& number) const { return machine_.take(number); }
  /// Nothing comes any more: the last state is told, and who waits ends.
  void end();

  /// Threads: any.
  client_status now() const noexcept { return now_; }
  /// The number that the next change will have. Threads: any.
  std::uint64_t next_number() const noexcept { return next_number_; }
  /// The change `number`, or the first that is kept; moves `number` behind it. Empty when the
  /// client is over.
  ///
  /// Lifetime: `number` outlives it.
  task<std::optional<status_change>> next(std::uint64_t& number);

 private:
  void publish();

  client_run& run_;
  lifecycle machine_;
  strand_event changed_;
  std::function<void()> listener_;
  std::atomic<client_status> now_ = client_status::offline;
  std::atomic<std::uint64_t> next_number_ = 0;
};

}  // namespace mtp::MTP_ABI::detail
