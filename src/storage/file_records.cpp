// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/file_records.hpp>

#include "storage/file/file_lease.hpp"
#include "storage/file/record_file.hpp"
#include "storage/file/session_import.hpp"

#include <mtp/storage/record_backend.hpp>

#include <optional>

namespace mtp::MTP_ABI {
namespace {

class file_backend final : public record_backend {
 public:
  file_backend(std::string path, file_system& files)
      : path_(detail::resolved(path)), files_(files) {}

  store_lease open(std::chrono::system_clock::time_point now) override {
    auto lease = std::make_unique<detail::file_lease>(path_, files_, now);
    detail::import_session_file(path_, files_);
    file_ = std::make_unique<detail::record_file>(path_, files_);
    lease_ = std::move(lease);
    return {.fence = lease_->fence()};
  }
  std::optional<bytes> get(record_key const& key) override { return file_->get(key); }
  std::vector<record> scan(record_range const& range) override { return file_->scan(range); }
  void commit(write_batch const& batch, durability how) override {
    if (!lease_->is_held()) throw store_error(client_errc::lease_lost, path_.string());
    file_->commit(batch, how);
  }
  void close() override {
    auto const lease = std::move(lease_);  // is given back after the file
    auto const file = std::move(file_);
    if (lease->is_held()) file->sync();
  }

 private:
  std::filesystem::path path_;
  file_system& files_;
  std::unique_ptr<detail::record_file> file_;
  std::unique_ptr<detail::file_lease> lease_;
};

}  // namespace

std::shared_ptr<record_store> file_records(std::string path) {
  return file_records(std::move(path), local_files());
}

std::shared_ptr<record_store> file_records(std::string path, file_system& files) {
  return worker_records(std::make_unique<file_backend>(std::move(path), files));
}

}  // namespace mtp::MTP_ABI
