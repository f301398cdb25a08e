// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "sqlite/database.hpp"
#include "storage/file/file_lease.hpp"

#include <mtp/storage/record_backend.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace mtp::MTP_ABI::sqlite {

/// Records in a table of SQLite.
/// Threads: an owner at a time.
class record_database final : public record_backend {
 public:
  explicit record_database(std::filesystem::path path);
  ~record_database() override;

  store_lease open(std::chrono::system_clock::time_point now) override;
  std::optional<bytes> get(record_key const& key) override;
  std::vector<record> scan(record_range const& range) override;
  void commit(write_batch const& batch, durability how) override;
  void close() override;

  /// Stores `batch`, and what `with` does, as one transaction.
  void commit_with(write_batch const& batch, durability how,
                   std::function<void(sqlite3*)> const& with);
  /// Runs `with` outside of a transaction.
  void run_with(std::function<void(sqlite3*)> const& with);
  sqlite3* raw() const noexcept { return database_->raw(); }

 private:
  struct statements;

  void require_lease();
  void create();
  void prepare();
  void set_up();
  void write(write_batch const& batch);
  void promise(durability how);
  void make_durable();
  void run(char const* text);
  void check(std::error_code problem) const;
  template <class T>
  T checked(result<T> found) const;

  std::filesystem::path path_;
  std::unique_ptr<detail::file_lease> lease_;
  std::optional<database> database_;
  std::unique_ptr<statements> prepared_;
  std::optional<durability> how_ = {};  ///< what SQLite was told last
  bool has_log_ = false;                ///< it could be put into WAL mode
};

}  // namespace mtp::MTP_ABI::sqlite
