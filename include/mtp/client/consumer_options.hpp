// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstddef>
#include <functional>
#include <string>

namespace mtp::MTP_ABI {

class update;

/// One of several consumers of the updates of an account, each at its own pace.
struct consumer_options {
  /// What its place is stored under; 1 to 64 bytes. The text stands in logs and in health().
  std::string name = {};
  /// Which updates it is given; empty: all. Called on the strand of the client, also again for an
  /// update that it was asked about before. What it throws is logged, and the update is given.
  std::function<bool(update const&)> filter = {};
  /// Of updates that wait for it in memory; what does not fit waits in the store.
  std::size_t max_queue_bytes = std::size_t{1} << 20;
};

}  // namespace mtp::MTP_ABI
