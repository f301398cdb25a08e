// SPDX-License-Identifier: MIT OR Apache-2.0
#include "libsql/lease_keeper.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace mtp::MTP_ABI::libsql {

lease_keeper::lease_keeper(target const& at, account_row held)
    : at_(at), held_(std::move(held)), by_(at), renewed_(real_time()), thread_([this] {
        work();
      }) {}

lease_keeper::~lease_keeper() {
  {
    std::lock_guard const hold(lock_);
    ended_ = true;
  }
  by_.stop();
  changed_.notify_all();
  thread_.join();
}

bool lease_keeper::is_lost() const {
  std::lock_guard const hold(lock_);
  return lost_;
}

bool lease_keeper::is_sure() const {
  std::lock_guard const hold(lock_);
  auto const age = real_time() - renewed_;
  return !lost_ && age < std::chrono::seconds(seconds_of_lease(at_)) - std::chrono::seconds(1);
}

void lease_keeper::note(steady_time when) {
  std::lock_guard const hold(lock_);
  renewed_ = std::max(renewed_, when);
}

/// What went wrong is tried again next time: the lease is longer than one failure.
bool lease_keeper::renew() {
  auto const began = real_time();
  try {
    if (!renew_lease(at_, by_, held_)) return false;
    note(began);
  } catch (std::exception const&) {
    return true;
  }
  return true;
}

void lease_keeper::work() {
  auto const period = std::chrono::milliseconds(1000 * seconds_of_lease(at_) / 3);
  std::unique_lock hold(lock_);
  while (!ended_ && !lost_) {
    if (changed_.wait_for(hold, period, [this] { return ended_; })) return;
    hold.unlock();
    bool const held = renew();
    hold.lock();
    lost_ = !held;
  }
}

}  // namespace mtp::MTP_ABI::libsql
