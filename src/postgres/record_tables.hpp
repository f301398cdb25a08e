// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "postgres/connection.hpp"
#include "storage/batch_effect.hpp"

#include <mtp/postgres/postgres_records.hpp>
#include <mtp/storage/record_backend.hpp>
#include <mtp/storage/store_error.hpp>

#include <functional>
#include <optional>

namespace mtp::MTP_ABI::postgres {

/// Records in a table of PostgreSQL.
/// Threads: an owner at a time.
class record_tables final : public record_backend {
 public:
  record_tables(target to, postgres_options how) : to_(std::move(to)), how_(how) {}

  store_lease open(std::chrono::system_clock::time_point now) override;
  std::optional<bytes> get(record_key const& key) override;
  std::vector<record> scan(record_range const& range) override;
  void commit(write_batch const& batch, durability how) override;
  void close() override;

  /// See postgres_store.
  void commit_with(write_batch const& batch, durability how,
                   std::function<void(pg_conn*)> const& with);
  void run_with(std::function<void(pg_conn*)> const& with);

 private:
  connection& ready();
  connection resume();
  bool lock(connection& at) const;
  bool end_ghost(connection& at) const;
  std::uint64_t fence_of(connection& at) const;
  store_holder holder_of(connection& at) const;
  void claim(connection& at, std::chrono::system_clock::time_point now);
  void require_fence(connection& at);
  void write(connection& at, detail::batch_effect const& effect) const;
  void give_back();
  parameters account() const;
  parameters lock_name() const;
  [[noreturn]] void lose();

  target to_;
  postgres_options how_;
  std::optional<connection> connection_ = {};
  std::int32_t table_ = 0;   ///< of accounts, as the lock has it
  std::int32_t number_ = 0;  ///< of the account in the database
  std::uint64_t fence_ = 0;
  int server_process_ = 0;  ///< that of the connection which held the lock last
  bool lost_ = false;       ///< somebody else has the lease, or had it
  bool owes_ = false;       ///< something that was coalesced may not be durable yet
};

}  // namespace mtp::MTP_ABI::postgres
