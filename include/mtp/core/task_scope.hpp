// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <cassert>
#include <exception>
#include <list>
#include <utility>

namespace mtp {

/// Owns the coroutines that one object starts. Every child ends before join() does.
///
/// Threads: not thread-safe; use it from the strand given to the constructor.
class task_scope {
 public:
  explicit task_scope(asio::any_io_executor strand)
      : strand_(std::move(strand)), idle_(strand_, asio::steady_timer::time_point::max()) {}
  task_scope(task_scope const&) = delete;
  task_scope& operator=(task_scope const&) = delete;
  ~task_scope() { assert(children_.empty() && "join() the scope before destroying it"); }

  /// Starts a child. The first exception cancels the others and is rethrown by join(). Does nothing
  /// once cancelled.
  void spawn(task<> work) {
    if (closed_) return;
    auto child = children_.emplace(children_.end());
    auto done = [this, child](std::exception_ptr e) { finish(child, std::move(e)); };
    asio::co_spawn(strand_, std::move(work),
                   asio::bind_cancellation_slot(child->slot(), std::move(done)));
  }

  /// Asks every child to end; what they throw from then on is dropped.
  void cancel() {
    closed_ = true;
    for (auto child = children_.begin(); child != children_.end();) {
      auto const next = std::next(child);  // a child may end while it is told
      child->emit(asio::cancellation_type::terminal);
      child = next;
    }
  }

  bool empty() const noexcept { return children_.empty(); }

  /// Waits until every child has ended, then rethrows the first exception of one. Await it right
  /// after the last spawn(): an exception in between would leave the children behind.
  ///
  /// Cancellation: cancels the children, and still waits for them.
  task<> join() {
    bool const throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!children_.empty()) {
      std::error_code ignored;
      co_await idle_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      auto const state = co_await asio::this_coro::cancellation_state;
      if (state.cancelled() != asio::cancellation_type::none && !closed_) cancel();
    }
    co_await asio::this_coro::throw_if_cancelled(throws);
    auto failure = std::exchange(failure_, nullptr);
    if (failure) std::rethrow_exception(failure);
  }

 private:
  using children = std::list<asio::cancellation_signal>;

  void finish(children::iterator child, std::exception_ptr e) {
    children_.erase(child);
    if (e && !closed_ && !failure_) {
      failure_ = std::move(e);
      cancel();
    }
    if (children_.empty()) idle_.cancel();
  }

  asio::any_io_executor strand_;
  asio::steady_timer idle_;  // an event: cancelled when the last child is gone
  children children_;
  std::exception_ptr failure_;
  bool closed_ = false;
};

}  // namespace mtp
