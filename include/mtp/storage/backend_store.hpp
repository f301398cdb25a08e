// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_store.hpp>

#include <functional>

namespace mtp::MTP_ABI {

/// A record_store over a record_backend, with which more can be done than with a record_store.
/// Threads: as record_store.
class MTP_API backend_store : public record_store {
 public:
  /// Runs `work` where the backend runs, after what began before and before what begins later.
  ///
  /// Lifetime: what `work` refers to lives until this ends. Cancellation: as all members. Errors:
  /// client_errc::closed; what `work` throws.
  virtual task<> run(std::function<void()> work) = 0;
};

}  // namespace mtp::MTP_ABI
