// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/task_scope.hpp>

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
#include <system_error>
#include <utility>

namespace mtp {

struct task_scope::state {
  using children_list = std::list<asio::cancellation_signal>;

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

task_scope::task_scope(asio::any_io_executor strand)
    : state_(std::make_shared<state>(std::move(strand))) {}

task_scope::~task_scope() = default;

void task_scope::spawn(task<> work) {
  if (state_->closed) return;
  auto child = state_->children.emplace(state_->children.end());
  auto done = [of = state_, child](std::exception_ptr e) { of->finish(child, std::move(e)); };
  asio::co_spawn(state_->strand, std::move(work),
                 asio::bind_cancellation_slot(child->slot(), std::move(done)));
}

void task_scope::cancel() { state_->cancel(); }

bool task_scope::empty() const noexcept { return state_->children.empty(); }

task<> task_scope::join() {
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

task<> task_scope::run(asio::any_io_executor strand, std::function<void(task_scope&)> start) {
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

}  // namespace mtp
