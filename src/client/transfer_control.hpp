// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/transfer_record.hpp"
#include "transfer/progress_meter.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/transfer/progress_ref.hpp>

#include <atomic>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::detail {

class client_core;

/// What is known of one transfer while it goes on, between who drives it and who looks on.
///
/// Threads: belongs to the strand, except for state().
class transfer_control {
 public:
  /// Lifetime: `core` outlives this; whom `tell` refers to, the transfer.
  transfer_control(client_core& core, progress_ref tell);

  // --- For who drives it. Errors of those that tell: what whom they tell throws.
  /// Its first byte is about to go; so many of it are there already.
  void begin(std::optional<std::uint64_t> total, std::uint64_t there = 0);
  void set_total(std::uint64_t total) { meter_.set_total(total); }
  void on_bytes(std::uint64_t count);
  /// The server wants us to wait so long.
  void on_wait(duration span);
  /// All of it is where it was to go.
  void tell();
  /// Ends at once, or when it is paused no longer. Cancellation: terminal. Errors: client_closed.
  task<> leave_to_go_on();

  // --- For who looks on
  void pause();
  void resume();
  bool is_paused() const noexcept { return paused_; }
  /// Nobody wants it any more, nor what it has left behind.
  void give_up() noexcept { given_up_ = true; }
  bool is_given_up() const noexcept { return given_up_; }
  /// What the store keeps of it.
  transfer_record& record() noexcept { return record_; }
  /// It is over.
  void end(transfer_state how);
  transfer_progress now() const;
  /// As of the last news. Threads: any.
  transfer_state state() const noexcept { return state_; }
  /// Grows with everything that now() says differently.
  std::uint64_t news() const noexcept { return news_; }
  /// Ends when there may be news. Cancellation: terminal.
  task<> wait_for_news() { return changed_.wait_next(); }

 private:
  void note();

  client_core& core_;
  progress_ref tell_;
  transfer::progress_meter meter_;
  strand_event changed_;
  std::optional<transfer_state> ended_ = {};
  std::atomic<transfer_state> state_ = transfer_state::running;
  std::uint64_t news_ = 0;
  transfer_record record_;
  bool paused_ = false;
  bool is_pause_told_ = false;
  bool given_up_ = false;
};

}  // namespace mtp::MTP_ABI::detail
