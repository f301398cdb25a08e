// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/record_store.hpp>
#include <mtp/testing/record_store_fault.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace mtp::MTP_ABI {
class environment;
class file_system;
}  // namespace mtp::MTP_ABI

namespace mtp::MTP_ABI::testing {

/// Makes a store over one place: each call gives another object for the same records, or the same
/// object where there can be no other (a store in memory). The place is empty at first.
using record_store_factory = std::function<std::shared_ptr<record_store>()>;

/// One thing that every store does, as a sentence and as a coroutine that finds out.
struct MTP_API record_store_check {
  std::string_view name;
  /// Lifetime: `world` outlives it. Cancellation: as the store. Errors: record_store_fault; what
  /// the store throws.
  task<> (*run)(environment& world, record_store_factory make);
};

/// What every store must do. Run each check over an empty place of its own, with whatever test
/// framework you have, on a loop with one thread.
MTP_API std::span<record_store_check const> record_store_suite();

/// Makes a store over one place of a file system.
using file_store_factory = std::function<std::shared_ptr<record_store>(file_system& files)>;

/// Runs a store over files that go wrong at each step in turn: the process is killed, the power
/// fails, a step returns an error, the disk is full or may not be written. Each time the store is
/// opened again and holds what was committed, each commit as a whole, in order.
///
/// Lifetime: `world` outlives it. Cancellation: between two runs. Errors: record_store_fault; what
/// the store throws where nothing goes wrong.
MTP_API task<> check_crashes(environment& world, file_store_factory make);

}  // namespace mtp::MTP_ABI::testing
