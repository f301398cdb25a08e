// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <exception>
#include <list>
#include <memory>
#include <system_error>
#include <utility>

namespace mtp {

/// Owns the coroutines that one object starts. Every child ends before join() does.
///
/// Lifetime: a scope that is destroyed before its children have ended leaves them to the loop; that
/// is right only where the loop itself is being destroyed. Threads: not thread-safe; use it from
/// the strand given to the constructor.
class task_scope {
 public:
  explicit task_scope(asio::any_io_executor strand)
      : state_(std::make_shared<state>(std::move(strand))) {}
  task_scope(task_scope const&) = delete;
  task_scope& operator=(task_scope const&) = delete;
  ~task_scope() = default;

  /// Starts a child. The first exception cancels the others and is rethrown by join(). Does nothing
  /// once cancelled.
  void spawn(task<> work) {
    if (state_->closed) return;
    auto child = state_->children.emplace(state_->children.end());
    auto done = [of = state_, child](std::exception_ptr e) { of->finish(child, std::move(e)); };
    asio::co_spawn(state_->strand, std::move(work),
                   asio::bind_cancellation_slot(child->slot(), std::move(done)));
  }

  /// Asks every child to end; what they throw from then on is dropped.
  void cancel() { state_->cancel(); }

  bool empty() const noexcept { return state_->children.empty(); }

  /// Waits until every child has ended, then rethrows the first exception of one.
  ///
  /// Every co_await of a coroutine that was cancelled already throws before it begins, that of
  /// join() too. So where the children use what the caller owns, and the caller may be cancelled
  /// between the last time it checked and here, use run() instead.
  ///
  /// Cancellation: cancels the children, still waits for them, and then throws
  /// asio::error::operation_aborted.
  task<> join() {
    bool const throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    bool cancelled = false;
    for (;;) {
      auto const now = co_await asio::this_coro::cancellation_state;
      cancelled = now.cancelled() != asio::cancellation_type::none;
      if (cancelled && !state_->closed) cancel();
      if (empty()) break;
      std::error_code ignored;
      co_await state_->idle.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    co_await asio::this_coro::throw_if_cancelled(throws);
    auto failure = std::exchange(state_->failure, nullptr);
    if (failure) std::rethrow_exception(failure);
    if (cancelled && throws) throw std::system_error(asio::error::operation_aborted);
  }

  /// Calls `start(scope)` with a scope of its own, and joins that. Nothing comes between the two:
  /// when this ends or throws, no child is left; of a caller that was cancelled already, none was
  /// started.
  ///
  /// Lifetime: what `start` refers to lives until this ends. Cancellation and errors: as join();
  /// what `start` throws.
  template <class Start>
  static task<> run(asio::any_io_executor strand, Start start) {
    bool const throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    task_scope scope(std::move(strand));
    std::exception_ptr failed;
    try {
      start(scope);
    } catch (...) {
      failed = std::current_exception();
      scope.cancel();
    }
    try {
      co_await scope.join();
    } catch (...) {
      if (!failed) failed = std::current_exception();
    }
    co_await asio::this_coro::throw_if_cancelled(throws);
    if (failed) std::rethrow_exception(failed);
    auto const now = co_await asio::this_coro::cancellation_state;
    bool const cancelled = now.cancelled() != asio::cancellation_type::none;
    if (cancelled && throws) throw std::system_error(asio::error::operation_aborted);
  }

 private:
  using children_list = std::list<asio::cancellation_signal>;

  /// Shared with the children, whose end may come after that of the scope.
  struct state {
    explicit state(asio::any_io_executor s)
        : strand(std::move(s)), idle(strand, asio::steady_timer::time_point::max()) {}

    void cancel() {
      closed = true;
      for (auto child = children.begin(); child != children.end();) {
        auto const next = std::next(child);  // a child may end while it is told
        child->emit(asio::cancellation_type::terminal);
        child = next;
      }
    }

    void finish(children_list::iterator child, std::exception_ptr e) {
      children.erase(child);
      if (e && !closed && !failure) {
        failure = std::move(e);
        cancel();
      }
      if (children.empty()) idle.cancel();
    }

    asio::any_io_executor strand;
    asio::steady_timer idle;  // an event: cancelled when the last child is gone
    children_list children;
    std::exception_ptr failure;
    bool closed = false;
  };

  std::shared_ptr<state> state_;
};

}  // namespace mtp
