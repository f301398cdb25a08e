// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_backend.hpp>
#include <mtp/storage/store_error.hpp>

#include <map>
#include <string>

/// A store of one's own, as small as it can be: the records are in memory, and each commit writes
/// all of them to a new file, which takes the place of the one before. Good for a few hundred
/// records; file_records() is there for more.
class whole_file final : public mtp::record_backend {
 public:
  explicit whole_file(std::string path) : path_(std::move(path)) {}
  ~whole_file() override { close(); }

  mtp::store_lease open(std::chrono::system_clock::time_point now) override;
  std::optional<mtp::bytes> get(mtp::record_key const& key) override;
  std::vector<mtp::record> scan(mtp::record_range const& range) override;
  void commit(mtp::write_batch const& batch, mtp::durability how) override;
  void close() override;

 private:
  using records = std::map<mtp::record_key, mtp::bytes>;

  mtp::store_lease take_lease(std::chrono::system_clock::time_point now);
  mtp::store_holder holder() const;
  records load() const;
  void save(records const& all) const;

  std::string path_;
  int lock_ = -1;  ///< the file beside it that says who holds the store
  records records_;
};
