// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/task.hpp>
#include <mtp/storage/write_batch.hpp>

#include <asio/any_io_executor.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI {

class environment;

/// How a store is opened.
struct lease_options {
  /// How long to wait for a holder that is about to end, before store_in_use is thrown.
  duration grace = {};
};

/// Permission to use a store, for one holder at a time.
struct store_lease {
  /// Larger than that of every holder before.
  std::uint64_t fence = 0;
};

/// A place for records: a small ordered map of bytes for each record_space, with transactions, and
/// one holder at a time. Everything an account keeps is such records. Derive from it to keep them
/// elsewhere, or from record_backend when your functions block; `mtp::testing` has the tests that
/// every store passes.
///
/// Between open() and close() operations may overlap; they are done in the order in which they
/// began. What one of them threw does no harm to the others.
///
/// Cancellation and errors of all members: an operation that has begun runs to its end, and a
/// cancellation counts from there on. store_error with client_errc::storage when the place cannot
/// be used, bad_session_file when what is stored is damaged, lease_lost when somebody else holds it
/// meanwhile, closed before open() and after close(), bad_argument beyond the limits of record.hpp.
/// Threads: belongs to the strand that open() names; none of it blocks that strand.
class MTP_API record_store {
 public:
  virtual ~record_store() = default;

  /// Takes the lease. It is free at once when its holder died, and the records of that one are
  /// here.
  ///
  /// Lifetime: `world` outlives the store, or its close(). When the loop of `strand` is destroyed
  /// first, the store stays closed, and gives the lease back when it goes too. Cancellation: while
  /// it waits for another holder; then it holds nothing. Errors: store_in_use;
  /// client_errc::newer_store when a newer version of this library wrote it, and those of all
  /// members.
  virtual task<store_lease> open(environment& world, asio::any_io_executor strand,
                                 lease_options how = {}) = 0;

  /// The value of one record, if there is one.
  virtual task<std::optional<bytes>> get(record_key key) = 0;
  /// The values of several records, in the order of `keys`, all of the same moment.
  virtual task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) = 0;
  /// A page of a space.
  virtual task<std::vector<record>> scan(record_range range) = 0;
  /// Stores all of `batch` or nothing of it. Those that wait for the same disk are stored together.
  /// When it fails, what was stored before is still there, and it may be tried again.
  virtual task<> commit(write_batch batch, durability how = durability::at_once) = 0;

  /// Makes everything durable and gives the lease back. Does nothing when none is held. The lease
  /// is given back also when it fails; then a power cut may take commits that were coalesced.
  virtual task<> close() = 0;
};

}  // namespace mtp::MTP_ABI
