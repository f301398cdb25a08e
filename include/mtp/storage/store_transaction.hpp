// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_store.hpp>

#include <functional>
#include <memory>

namespace mtp::MTP_ABI {

/// A write of a program's own in the place where `store` keeps its records, which joins one commit
/// of these: commit() stores the batch and the write as one transaction. A store of one's own can
/// offer such writes too.
/// Threads: a value; it is used on the strand of the store.
struct store_transaction {
  std::shared_ptr<record_store> store = {};
  std::function<task<>(write_batch)> commit = {};
};

}  // namespace mtp::MTP_ABI
