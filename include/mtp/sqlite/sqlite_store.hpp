// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_store.hpp>
#include <mtp/storage/store_transaction.hpp>

#include <functional>
#include <memory>
#include <string>

struct sqlite3;

namespace mtp::MTP_ABI {

/// A store in a database of SQLite, in which a program may have tables of its own.
/// Threads: as record_store.
class MTP_API sqlite_store : public record_store {
 public:
  /// Works on the database with SQLite's own functions.
  using database_work = std::function<void(sqlite3*)>;

  /// Stores `batch` and what `with` does as one transaction. `with` runs on a worker, within the
  /// transaction, which it neither begins nor ends; when it throws, nothing of both is stored.
  /// Tables whose names begin with "mtp_" are the store's.
  ///
  /// Lifetime: what `with` refers to lives until this ends. Cancellation: as all members. Errors:
  /// those of all members; what `with` throws.
  virtual task<> commit_with(write_batch batch, database_work with) = 0;
  /// Runs `with` on a worker, outside of a transaction: to read, or to create tables. A
  /// transaction that it leaves open is rolled back.
  ///
  /// Lifetime, cancellation and errors: as commit_with().
  virtual task<> run(database_work with) = 0;
};

/// `work` as a write that joins a commit of `store`: for update::commit() and account_store.
///
/// Lifetime: what `work` refers to lives until the commit ends. Errors: as commit_with().
MTP_API store_transaction sqlite_write(std::shared_ptr<sqlite_store> store,
                                       sqlite_store::database_work work);

/// A store in the database at `path`, which is created for its owner only when it is not there. The
/// database may be the program's own; it is put into WAL mode. What is coalesced is written without
/// waiting for the disk.
///
/// A file `path` + ".lock" beside it is the lease, as for file_records(). Nothing is touched before
/// open(). SQLite keeps what it reads in memory of its own, which is not wiped.
MTP_API std::shared_ptr<sqlite_store> sqlite_records(std::string path);

}  // namespace mtp::MTP_ABI
