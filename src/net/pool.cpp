// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/pool.hpp"

#include <mtp/core/error.hpp>

#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::net {
namespace {

/// Counts a call that waits.
class waiting_caller {
 public:
  explicit waiting_caller(pool_policy& of) : of_(of) { of_.add_waiting(1); }
  waiting_caller(waiting_caller const&) = delete;
  waiting_caller& operator=(waiting_caller const&) = delete;
  ~waiting_caller() { of_.add_waiting(-1); }

 private:
  pool_policy& of_;
};

}  // namespace

pool::pool(environment& world, asio::any_io_executor strand, pool_options options, link_maker make,
           set_up prepare)
    : world_(world),
      strand_(strand),
      policy_(options),
      make_(std::move(make)),
      prepare_(std::move(prepare)),
      wake_(world, strand_),
      changed_(world, strand_) {}

pool::lease& pool::lease::operator=(lease&& other) noexcept {
  if (this == &other) return *this;
  release();
  of_ = std::move(other.of_);
  which_ = other.which_;
  on_ = std::move(other.on_);
  return *this;
}

void pool::lease::release() noexcept {
  if (!of_) return;
  of_->policy_.give_back(which_, of_->world_.now().steady);
  of_->wake_.notify();
  of_.reset();
}

task<pool::lease> pool::take() {
  auto const self = shared_from_this();
  waiting_caller const mine(policy_);
  auto const seen = failures_;
  for (;;) {
    if (over_) throw error(make_error_code(client_errc::closed));
    if (auto const which = policy_.lease()) {
      wake_.notify();  // all may be busy now
      co_return lease(self, *which, connections_.at(*which).on);
    }
    if (failures_ != seen) std::rethrow_exception(failure_);
    wake_.notify();
    co_await changed_.wait_next();
  }
}

task<> pool::run() {
  auto const start = [this](task_scope& scope) { scope.spawn(direct(scope)); };
  std::exception_ptr failed;
  try {
    co_await task_scope::run(strand_, start);
  } catch (...) {
    failed = std::current_exception();
  }
  // Who cancels this says afterwards why, by end().
  auto const now = co_await asio::this_coro::cancellation_state;
  if (now.cancelled() == asio::cancellation_type::none) end();
  if (failed) std::rethrow_exception(failed);
}

void pool::end() {
  over_ = true;
  changed_.notify();
}

void pool::retire() {
  retired_ = true;
  end();
  wake_.notify();
}

task<> pool::direct(task_scope& scope) {
  for (;;) {
    if (retired_) {
      scope.cancel();
      co_return;
    }
    auto const action = policy_.next(world_.now().steady);
    if (auto const* more = std::get_if<pool_policy::open>(&action)) {
      connections_[more->which] = {make_(), std::make_unique<async_event>(world_, strand_)};
      scope.spawn(run_one(more->which));
    } else if (auto const* idle = std::get_if<pool_policy::close>(&action)) {
      connections_.at(idle->which).stop->notify();
    } else {
      auto const& later = std::get<pool_policy::wait>(action);
      co_await wake_.wait_until(later.until.value_or(steady_time::max()));
    }
  }
}

task<> pool::run_one(pool_policy::slot which) {
  auto const on = connections_.at(which).on;
  on->on_change([this, which](bool established) { on_change(which, established); });
  auto const start = [&](task_scope& scope) {
    scope.spawn(on->run());
    scope.spawn(prepare_one(which));
    scope.spawn(wait_for_stop(which, scope));
  };
  std::exception_ptr failed;
  try {
    co_await task_scope::run(strand_, start);
  } catch (...) {
    failed = std::current_exception();
  }
  auto const now = co_await asio::this_coro::cancellation_state;
  bool const cancelled = now.cancelled() != asio::cancellation_type::none;
  // Calls of a link that broke go on with another; when everything ends, so do they.
  retired_ || (failed && !cancelled) ? on->hand_over() : on->close();
  on->on_change({});
  on_gone(which, cancelled ? std::exception_ptr() : std::move(failed));
}

task<> pool::prepare_one(pool_policy::slot which) {
  auto on = connections_.at(which).on;
  co_await prepare_(std::move(on));
  connections_.at(which).set_up = true;
  policy_.on_ready(which, world_.now().steady);
  changed_.notify();
  wake_.notify();
}

task<> pool::wait_for_stop(pool_policy::slot which, task_scope& scope) {
  co_await connections_.at(which).stop->wait();
  scope.cancel();
}

/// One that reconnects is not chosen until it is back; its calls stay with it.
void pool::on_change(pool_policy::slot which, bool established) {
  auto const found = connections_.find(which);
  if (found == connections_.end() || !found->second.set_up) return;
  if (!established) return policy_.on_not_ready(which);
  policy_.on_ready(which, world_.now().steady);
  changed_.notify();
  wake_.notify();
}

/// Those who wait are told why, rather than to try forever.
void pool::on_gone(pool_policy::slot which, std::exception_ptr failed) {
  connections_.erase(which);
  if (!failed) {
    policy_.on_gone(which);
  } else {
    policy_.on_failed(which, world_.now().steady);
    failure_ = std::move(failed);
    ++failures_;
  }
  changed_.notify();
  wake_.notify();
}

void pool::set_endpoints(std::vector<dc_endpoint> const& endpoints) {
  for (auto& [which, one] : connections_) one.on->set_endpoints(endpoints);
}

void pool::on_network_restored() {
  for (auto& [which, one] : connections_) one.on->on_network_restored();
}

}  // namespace mtp::MTP_ABI::net
