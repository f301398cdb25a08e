// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/transfer_job.hpp"

#include "client/client_core.hpp"

#include <mtp/core/error.hpp>

#include <asio/dispatch.hpp>
#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

std::exception_ptr as_cancelled() {
  return std::make_exception_ptr(
      std::system_error(asio::error::make_error_code(asio::error::operation_aborted)));
}

}  // namespace

/// Counts a coroutine of the job, as long as its frame is there: also when it never begins.
class transfer_job::life {
 public:
  explicit life(std::shared_ptr<transfer_job> of) : of_(std::move(of)) { ++of_->lives_; }
  life(life&&) noexcept = default;
  life& operator=(life&&) = delete;
  ~life() {
    if (of_) --of_->lives_;
  }

 private:
  std::shared_ptr<transfer_job> of_;
};

transfer_job::transfer_job(std::shared_ptr<client_core> core, progress_ref tell, work what)
    : core_(std::move(core)), control_(*core_, tell), what_(std::move(what)) {}

void transfer_job::start() {
  asio::dispatch(core_->strand(), [self = shared_from_this()] { self->core_->jobs().add(self); });
}

// --- Its run

task<> transfer_job::run() { return run_here(shared_from_this(), life(shared_from_this())); }

/// What it throws ends the transfer, not the client. When that ends, the board knows why.
task<> transfer_job::run_here(std::shared_ptr<transfer_job> self, [[maybe_unused]] life alive) {
  if (self->wants_cancel_) co_return self->finish(as_cancelled());
  self->begun_ = true;
  if (self->wants_pause_) self->pause_here();
  std::exception_ptr failed;
  try {
    auto work = self->what_(*self->core_, *self);
    co_await std::move(work);
  } catch (...) {
    failed = std::current_exception();
  }
  auto const now = co_await asio::this_coro::cancellation_state;
  bool const is_stopped = now.cancelled() != asio::cancellation_type::none;
  if (failed && is_stopped && !self->wants_cancel_) co_return;
  if (failed && is_stopped) {
    failed = as_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await self->control_.record().erase();
  }
  self->finish(std::move(failed));
}

void transfer_job::finish(std::exception_ptr why) {
  if (std::exchange(over_, true)) return;
  auto const keep = shared_from_this();
  failure_ = std::move(why);
  auto how = failure_ ? transfer_state::failed : transfer_state::finished;
  if (failure_ && wants_cancel_) how = transfer_state::cancelled;
  what_ = {};
  core_->jobs().remove(*this);
  control_.end(how);
}

// --- For handles

/// Without a coroutine of ours there may be no loop, which must not be posted to then; and whoever
/// begins sees what is wanted.
void transfer_job::on_strand(void (transfer_job::*what)()) {
  if (lives_ == 0) return;
  asio::dispatch(core_->strand(), [self = shared_from_this(), what] {
    if (!self->over_) ((*self).*what)();
  });
}

void transfer_job::pause() {
  wants_pause_ = true;
  on_strand(&transfer_job::pause_here);
}

void transfer_job::resume() {
  wants_pause_ = false;
  on_strand(&transfer_job::resume_here);
}

void transfer_job::cancel() {
  wants_cancel_ = true;
  on_strand(&transfer_job::cancel_here);
}

void transfer_job::cancel_here() {
  control_.give_up();
  if (begun_) {
    core_->running().cancel(*child_);
  } else {
    finish(as_cancelled());
  }
}

task<> transfer_job::ended(std::shared_ptr<transfer_job> of) {
  client_run::waiter const here(of->core_->running());
  life const alive(of);
  if (of->wants_cancel_ && !of->begun_ && !of->over_) of->cancel_here();
  while (!of->over_) co_await of->control_.wait_for_news();
  if (of->failure_) std::rethrow_exception(of->failure_);
}

task<std::optional<transfer_progress>> transfer_job::next_progress(
    std::shared_ptr<transfer_job> of) {
  client_run::waiter const here(of->core_->running());
  life const alive(of);
  while (!of->over_ && of->seen_ == of->control_.news()) co_await of->control_.wait_for_news();
  std::optional<transfer_progress> out;
  if (of->seen_ != of->control_.news()) out = of->control_.now();
  of->seen_ = of->control_.news();
  co_return out;
}

}  // namespace mtp::MTP_ABI::detail
