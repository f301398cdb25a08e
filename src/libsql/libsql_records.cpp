// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/libsql/libsql_records.hpp>

#include "libsql/replica_records.hpp"

#include <mtp/sqlite/sqlite_store.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/record_backend.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

/// Reads several records by one request.
class libsql_store final : public record_store {
 public:
  explicit libsql_store(std::unique_ptr<libsql::shared_backend> from)
      : backend_(from.get()), records_(worker_records(std::move(from))) {}

  task<store_lease> open(environment& world, asio::any_io_executor strand,
                         lease_options how) override {
    return records_->open(world, std::move(strand), how);
  }
  task<std::optional<bytes>> get(record_key key) override { return records_->get(std::move(key)); }
  task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) override {
    std::vector<std::optional<bytes>> found;
    std::function<void()> work = [&] { found = backend_->get_all(keys); };
    co_await records_->run(std::move(work));
    co_return found;
  }
  task<std::vector<record>> scan(record_range range) override {
    return records_->scan(std::move(range));
  }
  task<> commit(write_batch batch, durability how) override {
    return records_->commit(std::move(batch), how);
  }
  task<> close() override { return records_->close(); }

 private:
  libsql::shared_backend* backend_;  // of records_
  std::shared_ptr<backend_store> records_;
};

}  // namespace

std::shared_ptr<record_store> libsql_records(libsql_options where) {
  libsql::target to(std::move(where));
  if (to.what() == libsql::target::kind::memory) return memory_records();
  if (to.what() == libsql::target::kind::file) return sqlite_records(to.path());
  std::string const replica = to.said().replica;
  auto remote = std::make_unique<libsql::remote_records>(std::move(to));
  if (replica.empty()) return std::make_shared<libsql_store>(std::move(remote));
  return std::make_shared<libsql_store>(
      std::make_unique<libsql::replica_records>(std::move(remote), replica));
}

}  // namespace mtp::MTP_ABI
