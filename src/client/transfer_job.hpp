// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/transfer_control.hpp"

#include <mtp/core/task_scope.hpp>
#include <mtp/types/uploaded_file.hpp>

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI::detail {

class client_core;

/// A transfer that goes on by itself, as a part of the client's run; handles refer to it.
///
/// Threads: belongs to the strand, except where it says otherwise. Lifetime: shared.
class transfer_job final : public std::enable_shared_from_this<transfer_job> {
 public:
  /// Does the transfer, and leaves its outcome in the job.
  using work = std::function<task<>(client_core&, transfer_job&)>;

  transfer_job(std::shared_ptr<client_core> core, progress_ref tell, work what);

  /// Begins it, once the client runs. Threads: any.
  void start();
  transfer_control& control() noexcept { return control_; }

  // --- Its outcome
  uploaded_file uploaded = {};
  std::uint64_t size = 0;

  // --- For handles. Threads: any; they do nothing once it is over.
  void pause();
  void resume();
  void cancel();
  transfer_state state() const noexcept { return control_.state(); }
  std::shared_ptr<client_core> const& core() const noexcept { return core_; }

  /// Ends when it is over. Cancellation: terminal. Errors: those of the transfer.
  static task<> ended(std::shared_ptr<transfer_job> of);
  /// How far it is, once that is not what was returned last; nothing when it is over and that was
  /// returned. Cancellation: terminal.
  static task<std::optional<transfer_progress>> next_progress(std::shared_ptr<transfer_job> of);

  // --- For the board
  /// What the client's run is to do.
  task<> run();
  void set_child(task_scope::child as) noexcept { child_ = as; }
  /// Is over, unless it was already.
  void finish(std::exception_ptr why);

 private:
  class life;

  static task<> run_here(std::shared_ptr<transfer_job> self, life alive);
  void cancel_here();
  void on_strand(void (transfer_job::*what)());
  void pause_here() { control_.pause(); }
  void resume_here() { control_.resume(); }

  std::shared_ptr<client_core> core_;
  transfer_control control_;
  work what_;
  std::optional<task_scope::child> child_ = {};
  std::exception_ptr failure_ = {};
  std::uint64_t seen_ = 0;
  std::atomic<int> lives_ = 0;  ///< coroutines on the strand: the loop is there
  std::atomic<bool> wants_pause_ = false;
  std::atomic<bool> wants_cancel_ = false;
  bool begun_ = false;
  bool over_ = false;
};

}  // namespace mtp::MTP_ABI::detail
