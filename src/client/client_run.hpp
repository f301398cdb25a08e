// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_context.hpp"

#include <mtp/core/async_event.hpp>
#include <mtp/core/task_scope.hpp>

#include <atomic>
#include <exception>
#include <functional>
#include <list>

namespace mtp::MTP_ABI::detail {

/// The one run of a client: the coroutines that it consists of, who waits for them, and its end.
///
/// Threads: belongs to the strand, except for ask_to_close().
class client_run {
 public:
  /// `on_end` ends whatever waits for something that only a running client brings; it is called
  /// once. Lifetime: `context` and what `on_end` refers to outlive this.
  client_run(client_context& context, std::function<void()> on_end);

  /// Stands in a coroutine that waits on the strand, also when that ends with the loop. As long as
  /// there is one, the loop is alive.
  class waiter {
   public:
    explicit waiter(client_run& run);
    waiter(waiter const&) = delete;
    waiter& operator=(waiter const&) = delete;
    ~waiter() { --count_; }

   private:
    std::atomic<int>& count_;
  };

  // --- How it goes
  /// Errors: std::logic_error the second time.
  void begin();
  /// Calls `start`, which spawns, and ends when all that was spawned has ended. After stop()
  /// nothing begins.
  ///
  /// Lifetime: what `start` refers to lives until this ends. Errors: the first of a part.
  task<> run_parts(std::function<void()> start);
  /// Everything that waits ends, with `why` when there is a reason; nothing is spawned from now on.
  void end(std::exception_ptr why);
  /// What went wrong after the end, unless there was a reason for that already.
  void set_failure(std::exception_ptr why);
  /// Why it ended; empty when it was closed.
  std::exception_ptr const& failure() const noexcept { return failure_; }

  // --- For those who take part in it
  bool is_running() const noexcept { return parts_ != nullptr; }
  /// While is_running().
  task_scope::child spawn(task<> part) { return parts_->spawn(std::move(part)); }
  void cancel(task_scope::child part) { parts_->cancel(part); }

  // --- Its end
  /// The client is to close. False when nobody waits for anything: what has no loop any more must
  /// not be posted to it. Threads: any.
  bool ask_to_close() noexcept;
  bool is_asked_to_close() const noexcept { return close_requested_; }
  /// Cancels the parts, also those that have not begun yet.
  void stop();
  bool is_stopped() const noexcept { return stopped_; }
  /// A client that was closed before it ran has nothing to wait for.
  void finish_if_closed_early();
  bool is_over() const noexcept { return over_; }
  /// Errors: once it is over, what it ended with, or client_closed.
  void throw_if_over() const;

  /// Waits. Cancellation: terminal. Errors: as throw_if_over(); it does not outlast the client.
  task<> pause(duration span);

 private:
  client_context& context_;
  std::function<void()> on_end_;
  task_scope* parts_ = nullptr;
  std::list<strand_event*> pauses_;
  std::exception_ptr failure_;
  std::atomic<int> waiter_count_ = 0;
  std::atomic<bool> close_requested_ = false;
  bool started_ = false;
  bool stopped_ = false;
  bool over_ = false;
};

}  // namespace mtp::MTP_ABI::detail
