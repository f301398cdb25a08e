// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <cstdint>
#include <functional>
#include <memory>

namespace mtp::MTP_ABI {

/// Owns the coroutines that one object starts. Every child ends before join() does.
///
/// Lifetime: a scope that is destroyed before its children have ended leaves them to the loop; that
/// is right only where the loop itself is being destroyed. Threads: not thread-safe; use it from
/// the strand given to the constructor.
class MTP_API task_scope {
 public:
  explicit task_scope(asio::any_io_executor strand);
  task_scope(task_scope const&) = delete;
  task_scope& operator=(task_scope const&) = delete;
  ~task_scope();

  /// Names a child of this scope.
  enum class child : std::uint64_t {};

  /// Starts a child. The first exception cancels the others and is rethrown by join(). Does nothing
  /// once cancelled.
  child spawn(task<> work);

  /// Asks every child to end; what they throw from then on is dropped.
  void cancel();
  /// Asks one child to end; what it throws counts as ever. Does nothing when it has ended. One that
  /// has not begun yet never does.
  void cancel(child which);

  bool empty() const noexcept;

  /// Waits until every child has ended, then rethrows the first exception of one.
  ///
  /// Every co_await of a coroutine that was cancelled already throws before it begins, that of
  /// join() too. So where the children use what the caller owns, and the caller may be cancelled
  /// between the last time it checked and here, use run() instead.
  ///
  /// Cancellation: cancels the children, still waits for them, and then throws
  /// asio::error::operation_aborted.
  /// Errors: the first failure of a child, thrown on.
  task<> join();

  /// Calls `start(scope)` with a scope of its own, and joins that. Nothing comes between the two:
  /// when this ends or throws, no child is left; of a caller that was cancelled already, none was
  /// started.
  ///
  /// Lifetime: what `start` refers to lives until this ends. Cancellation: as join().
  /// Errors: as join(); what `start` throws.
  static task<> run(asio::any_io_executor strand, std::function<void(task_scope&)> start);

 private:
  struct state;
  explicit task_scope(std::shared_ptr<state> of);
  static task<> settle(std::shared_ptr<state> of, std::function<void(task_scope&)> start);

  std::shared_ptr<state> state_;  // shared with the children, whose end may come later
};

}  // namespace mtp::MTP_ABI
