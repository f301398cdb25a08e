// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/state_keeper.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr auto pause_after_failure = std::chrono::seconds(5);

}  // namespace

state_keeper::state_keeper(environment& world, asio::any_io_executor strand,
                           std::shared_ptr<session_store> store, log_sink log)
    : world_(world),
      strand_(strand),
      store_(std::move(store)),
      log_(std::move(log)),
      changed_(world, strand),
      turn_(world, strand) {}

task<> state_keeper::open() {
  auto stored = co_await store_->open();
  open_ = true;
  state_ = std::move(stored);
}

void state_keeper::change(session_change what) {
  if (what.empty()) return;
  apply(state_, what);
  pending_.add(std::move(what));
  changed_.notify();
}

task<> state_keeper::flush() {
  while (saving_) co_await turn_.wait_next();
  if (!pending_.empty()) co_await commit();
}

task<> state_keeper::commit() {
  // Not in the coroutine itself: Asio gives the memory of one that has ended to those that stay.
  auto const now = std::make_unique<session_change const>(pending_.take());
  std::exception_ptr failed;
  saving_ = true;
  try {
    auto work = store_->commit(*now);
    co_await std::move(work);
  } catch (...) {
    failed = std::current_exception();
  }
  saving_ = false;
  turn_.notify();
  if (!failed) co_return;
  put_back(*now);
  std::rethrow_exception(failed);
}

/// What was not stored is saved with what came after it.
void state_keeper::put_back(session_change earlier) {
  merge(earlier, pending_.take());
  pending_.add(std::move(earlier));
}

task<> state_keeper::run() {
  for (;;) {
    co_await changed_.wait();
    std::string failed;
    try {
      co_await flush();
    } catch (error const& e) {
      failed = e.what();
    }
    if (failed.empty()) continue;
    if (log_) log_(log_level::error, failed);
    co_await pause(world_, strand_, pause_after_failure);
    changed_.notify();
  }
}

}  // namespace mtp::MTP_ABI::detail
