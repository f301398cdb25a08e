// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/backend_store.hpp>

#include <chrono>
#include <memory>

namespace mtp::MTP_ABI {

/// A place for records whose functions block: files, database libraries. worker_records() makes a
/// record_store of it. The functions do what those of record_store do, and throw the same errors;
/// open() does not wait for another holder but throws store_in_use.
///
/// Threads: one call at a time, each on some worker thread; destroyed on any thread.
class MTP_API record_backend {
 public:
  virtual ~record_backend() = default;

  /// Called only while it is closed. `now` is the clock of the environment.
  virtual store_lease open(std::chrono::system_clock::time_point now) = 0;
  virtual std::optional<bytes> get(record_key const& key) = 0;
  virtual std::vector<record> scan(record_range const& range) = 0;
  /// `batch` keeps to the limits and is not empty.
  virtual void commit(write_batch const& batch, durability how) = 0;
  /// It is closed also when it throws because something could not be made durable.
  virtual void close() = 0;
};

/// A store that runs `backend` on a worker of its environment, one call after the other, and puts
/// commits that wait together into one.
MTP_API std::shared_ptr<backend_store> worker_records(std::unique_ptr<record_backend> backend);

}  // namespace mtp::MTP_ABI
