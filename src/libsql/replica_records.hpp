// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "libsql/remote_records.hpp"
#include "sqlite/record_database.hpp"

#include <cstdint>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI::libsql {

/// Records of a server, and a copy of them in a file, from which they are read.
/// Threads: an owner at a time.
class replica_records final : public shared_backend {
 public:
  replica_records(std::unique_ptr<remote_records> from, std::filesystem::path to);

  store_lease open(std::chrono::system_clock::time_point now) override;
  std::optional<bytes> get(record_key const& key) override;
  std::vector<std::optional<bytes>> get_all(std::vector<record_key> const& keys) override;
  std::vector<record> scan(record_range const& range) override;
  void commit(write_batch const& batch, durability how) override;
  void close() override;

 private:
  void require_copy();
  bool is_current();
  void bring_up_to_date();
  void fill(record_space space);
  void apply(write_batch const& batch);
  bool can_read_copy();
  void mark(sqlite3* at) const;

  std::unique_ptr<remote_records> remote_;
  std::filesystem::path path_;
  sqlite::record_database copy_;
  std::optional<write_batch> pending_ = {};  ///< nobody knows whether the server has it
  bool behind_ = false;                      ///< the copy could not be written
};

}  // namespace mtp::MTP_ABI::libsql
