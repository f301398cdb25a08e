// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/transfer_job.hpp"

#include <memory>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// The transfers that go on by themselves. Those that were begun before the client runs begin with
/// it, and none outlasts it. Before, only their handles hold them.
///
/// Threads: belongs to the strand.
class transfer_board {
 public:
  /// Lifetime: `core` outlives this.
  explicit transfer_board(client_core& core) : core_(core) {}

  void add(std::shared_ptr<transfer_job> job);
  void remove(transfer_job const& job);
  /// The client runs.
  void start();
  /// The client is over.
  void end();

 private:
  void begin(std::shared_ptr<transfer_job> const& job);

  client_core& core_;
  std::vector<std::weak_ptr<transfer_job>> jobs_;
};

}  // namespace mtp::MTP_ABI::detail
