// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/core/task_scope.hpp>

#include <mtp/core/waiting_room.hpp>

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <algorithm>
#include <exception>
#include <list>
#include <system_error>
#include <utility>

namespace mtp::MTP_ABI {

struct task_scope::state {
  struct entry {
    explicit entry(child named) : id(named) {}

    child id;
    asio::cancellation_signal stop;
  };
  using entries = std::list<entry>;

  explicit state(asio::any_io_executor s) : strand(std::move(s)), idle(strand) {}

  void cancel() {
    closed = true;
    for (auto one = children.begin(); one != children.end();) {
      auto const next = std::next(one);  // a child may end while it is told
      one->stop.emit(asio::cancellation_type::terminal);
      one = next;
    }
  }

  void fail(std::exception_ptr why) {
    failure = std::move(why);
    cancel();
  }

  void finish(entries::iterator one, std::exception_ptr failed) {
    children.erase(one);
    if (failed && !closed && !failure) fail(std::move(failed));
    if (children.empty()) idle.wake();
  }

  asio::any_io_executor strand;
  detail::waiting_room idle;  // until the last child is gone
  entries children;
  std::uint64_t last = 0;
  std::exception_ptr failure;
  bool closed = false;
};

task_scope::task_scope(asio::any_io_executor strand)
    : task_scope(std::make_shared<state>(std::move(strand))) {}

task_scope::task_scope(std::shared_ptr<state> of) : state_(std::move(of)) {}

task_scope::~task_scope() = default;

task_scope::child task_scope::spawn(task<> work) {
  child const id{++state_->last};
  if (state_->closed) return id;
  auto& children = state_->children;
  auto const one = children.emplace(children.end(), id);
  auto done = [of = state_, one](std::exception_ptr e) { of->finish(one, std::move(e)); };
  asio::co_spawn(state_->strand, std::move(work),
                 asio::bind_cancellation_slot(one->stop.slot(), std::move(done)));
  return id;
}

void task_scope::cancel() { state_->cancel(); }

void task_scope::cancel(child which) {
  auto& children = state_->children;
  auto const one = std::ranges::find(children, which, &state::entry::id);
  if (one != children.end()) one->stop.emit(asio::cancellation_type::terminal);
}

bool task_scope::empty() const noexcept { return state_->children.empty(); }

task<> task_scope::join() { return settle(state_, nullptr); }

task<> task_scope::run(asio::any_io_executor strand, std::function<void(task_scope&)> start) {
  return settle(std::make_shared<state>(std::move(strand)), std::move(start));
}

/// Starts what there is to start, and waits for the end of all children. One coroutine for both:
/// many scopes live as long as a client.
task<> task_scope::settle(std::shared_ptr<state> of, std::function<void(task_scope&)> start) {
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  task_scope scope(std::move(of));
  try {
    if (start) std::exchange(start, nullptr)(scope);  // this stays as long as the children
  } catch (...) {
    scope.state_->fail(std::current_exception());
  }
  bool cancelled = false;
  for (;;) {
    auto const now = co_await asio::this_coro::cancellation_state;
    cancelled = now.cancelled() != asio::cancellation_type::none;
    if (cancelled && !scope.state_->closed) scope.cancel();
    if (scope.empty()) break;
    co_await scope.state_->idle.wait();
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  auto failure = std::exchange(scope.state_->failure, nullptr);
  if (failure) std::rethrow_exception(failure);
  if (cancelled && throws) throw std::system_error(asio::error::operation_aborted);
}

}  // namespace mtp::MTP_ABI
