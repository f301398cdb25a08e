// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "libsql/lease.hpp"
#include "libsql/real_time.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace mtp::MTP_ABI::libsql {

/// Renews a lease on a thread of its own until it goes. Lifetime: `at` outlives it.
/// Threads: an owner at a time.
class lease_keeper {
 public:
  lease_keeper(target const& at, account_row held);
  lease_keeper(lease_keeper const&) = delete;
  lease_keeper& operator=(lease_keeper const&) = delete;
  ~lease_keeper();

  bool is_lost() const;
  /// Whether it was renewed so lately that nobody else can have it.
  bool is_sure() const;
  /// It was renewed by what began at that time.
  void note(steady_time when);

 private:
  void work();
  bool renew();

  target const& at_;
  account_row held_;
  http by_;
  mutable std::mutex lock_;
  std::condition_variable changed_;
  steady_time renewed_;
  bool lost_ = false;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace mtp::MTP_ABI::libsql
