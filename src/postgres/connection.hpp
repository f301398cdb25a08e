// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "postgres/parameters.hpp"
#include "postgres/target.hpp"

#include <mtp/core/clock.hpp>
#include <mtp/postgres/postgres_records.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <system_error>

struct pg_conn;
struct pg_result;

namespace mtp::MTP_ABI::postgres {

/// What a statement gave. Rows and columns are counted from 0; what is not there is empty or 0.
/// Lifetime: what it returns goes with it.
class rows {
 public:
  explicit rows(pg_result* raw) : raw_(raw, free) {}

  int size() const;
  bytes_view blob(int row, int column) const;
  std::string text(int row, int column) const;
  /// A number of any size, or a truth.
  std::int64_t integer(int row, int column) const;
  pg_result* raw() const noexcept { return raw_.get(); }

 private:
  static void free(pg_result* raw);
  std::unique_ptr<pg_result, void (*)(pg_result*)> raw_;
};

/// How TCP notices that the other machine vanished so long ago, as settings of PostgreSQL.
struct keepalives {
  explicit keepalives(duration vanished);

  std::string idle;          ///< seconds
  std::string interval;      ///< seconds, three times
  std::string user_timeout;  ///< milliseconds
};

/// A connection to a server, which may be silent for so long as the options say, and no longer.
///
/// Errors: throws store_error. Lifetime: `to` outlives it. Threads: an owner at a time.
class connection {
 public:
  connection(target const& to, postgres_options const& how);

  /// Executes one statement.
  rows run(char const* statement, parameters const& with = {});
  /// False when it broke, or when it is not known any more what the server is doing.
  bool is_usable() const noexcept { return usable_; }
  /// What libpq knows it as. Lifetime: goes with this.
  pg_conn* raw() const noexcept { return raw_.get(); }
  /// Throws when somebody else ended the transaction, or a statement in it failed.
  void require_transaction();
  /// Rolls back what somebody else began.
  void leave_transaction();
  /// The id of the server's process for it.
  int server_process() const;

 private:
  void connect(postgres_options const& how);
  void await_connection(int patience_ms);
  void send(char const* statement, parameters const& with);
  void flush();
  rows receive();
  rows next_result();
  void check(rows const& found);
  void wait(short events, int patience_ms);
  void wait(short events) { wait(events, patience_ms_); }
  [[noreturn]] void fail(std::errc why);

  static void finish(pg_conn* raw);

  target const* to_;
  int patience_ms_;
  bool usable_ = false;
  std::unique_ptr<pg_conn, void (*)(pg_conn*)> raw_;
};

/// A transaction, rolled back unless it is committed.
/// Lifetime: the connection outlives it. Threads: as the connection.
class transaction {
 public:
  explicit transaction(connection& at) : at_(at) { at_.run("begin"); }
  transaction(transaction const&) = delete;
  transaction& operator=(transaction const&) = delete;
  ~transaction();
  void commit();

 private:
  connection& at_;
  bool done_ = false;
};

}  // namespace mtp::MTP_ABI::postgres
