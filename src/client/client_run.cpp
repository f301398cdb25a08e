// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/client_run.hpp"

#include <mtp/core/deadline.hpp>
#include <mtp/core/error.hpp>

#include <stdexcept>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Keeps an event in a list as long as it waits.
class pause_registration {
 public:
  pause_registration(std::list<strand_event*>& all, strand_event& one)
      : all_(all), place_(all.insert(all.end(), &one)) {}
  pause_registration(pause_registration const&) = delete;
  pause_registration& operator=(pause_registration const&) = delete;
  ~pause_registration() { all_.erase(place_); }

 private:
  std::list<strand_event*>& all_;
  std::list<strand_event*>::iterator place_;
};

}  // namespace

client_run::client_run(client_context& context, std::function<void()> on_end)
    : context_(context), on_end_(std::move(on_end)) {}

client_run::waiter::waiter(client_run& run) : count_(run.waiter_count_) {
  ++count_;
  run.finish_if_closed_early();
}

void client_run::begin() {
  if (std::exchange(started_, true)) throw std::logic_error("a client runs once");
}

task<> client_run::run_parts(std::function<void()> start) {
  auto begin = [this, start = std::move(start)](task_scope& scope) {
    parts_ = &scope;
    if (stopped_) scope.cancel();
    start();
  };
  return task_scope::run(context_.strand(), std::move(begin));
}

void client_run::end(std::exception_ptr why) {
  over_ = true;
  failure_ = std::move(why);
  parts_ = nullptr;
  for (auto* pause : pauses_) pause->notify();
  on_end_();
}

void client_run::set_failure(std::exception_ptr why) {
  if (!failure_) failure_ = std::move(why);
}

bool client_run::ask_to_close() noexcept {
  close_requested_ = true;
  // Whoever begins to wait now sees the wish without being told.
  return waiter_count_ != 0;
}

void client_run::stop() {
  stopped_ = true;
  if (parts_) parts_->cancel();
}

void client_run::finish_if_closed_early() {
  if (close_requested_ && !started_ && !over_) end(nullptr);
}

void client_run::throw_if_over() const {
  if (!over_) return;
  if (failure_) std::rethrow_exception(failure_);
  throw client_closed();
}

task<> client_run::pause(duration span) {
  strand_event end(context_.world(), context_.strand());
  pause_registration const here(pauses_, end);
  if (!over_) co_await end.wait_until(deadline_after(context_.now(), span));
  throw_if_over();
}

}  // namespace mtp::MTP_ABI::detail
