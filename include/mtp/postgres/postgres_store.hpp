// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_store.hpp>
#include <mtp/storage/store_transaction.hpp>

#include <functional>
#include <memory>

struct pg_conn;

namespace mtp::MTP_ABI {

/// A store in a database of PostgreSQL, in which a program may have tables of its own.
/// Threads: as record_store.
class MTP_API postgres_store : public record_store {
 public:
  /// Works on the connection of the store, which is libpq's PGconn, with libpq's own functions that
  /// block, as PQexecParams().
  using database_work = std::function<void(pg_conn*)>;

  /// Stores `batch` and what `with` does as one transaction. `with` runs on a worker, within the
  /// transaction, which it neither begins nor ends; when it throws, or leaves a statement behind
  /// that failed, nothing of both is stored. Tables whose names begin with "mtp_" are the store's.
  ///
  /// Lifetime: what `with` refers to lives until this ends. Cancellation: as all members. Errors:
  /// those of all members; what `with` throws; client_errc::storage when a statement of it failed.
  virtual task<> commit_with(write_batch batch, database_work with) = 0;
  /// Runs `with` on a worker, outside of a transaction: to read, or to create tables. A transaction
  /// that it leaves open is rolled back.
  ///
  /// Lifetime, cancellation and errors: as commit_with().
  virtual task<> run(database_work with) = 0;
};

/// `work` as a write that joins a commit of `store`: for update::commit() and account_store.
///
/// Lifetime: what `work` refers to lives until the commit ends. Errors: as commit_with().
MTP_API store_transaction postgres_write(std::shared_ptr<postgres_store> store,
                                         postgres_store::database_work work);

}  // namespace mtp::MTP_ABI
