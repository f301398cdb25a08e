// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/postgres/postgres_records.hpp>

#include "postgres/record_tables.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

using postgres::record_tables;

class tables_store final : public postgres_store {
 public:
  explicit tables_store(std::unique_ptr<record_tables> from)
      : tables_(from.get()), records_(worker_records(std::move(from))) {}

  task<store_lease> open(environment& world, asio::any_io_executor strand,
                         lease_options how) override {
    return records_->open(world, std::move(strand), how);
  }
  task<std::optional<bytes>> get(record_key key) override { return records_->get(std::move(key)); }
  task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) override {
    return records_->get_all(std::move(keys));
  }
  task<std::vector<record>> scan(record_range range) override {
    return records_->scan(std::move(range));
  }
  task<> commit(write_batch batch, durability how) override {
    return records_->commit(std::move(batch), how);
  }
  task<> close() override { return records_->close(); }

  task<> commit_with(write_batch batch, database_work with) override {
    if (!batch.is_storable())
      throw error(make_error_code(client_errc::bad_argument), "more than a store takes at once");
    return records_->run([this, batch = std::move(batch), with = std::move(with)] {
      tables_->commit_with(batch, durability::at_once, with);
    });
  }
  task<> run(database_work with) override {
    return records_->run([this, with = std::move(with)] { tables_->run_with(with); });
  }

 private:
  record_tables* tables_;  // of records_
  std::shared_ptr<backend_store> records_;
};

}  // namespace

store_transaction postgres_write(std::shared_ptr<postgres_store> store,
                                 postgres_store::database_work work) {
  store_transaction out{.store = store};
  out.commit = [store = std::move(store), work = std::move(work)](write_batch batch) {
    return store->commit_with(std::move(batch), work);
  };
  return out;
}

std::shared_ptr<postgres_store> postgres_records(std::string connection, std::string account,
                                                 postgres_options how) {
  postgres::target to(std::move(connection), std::move(account));
  return std::make_shared<tables_store>(std::make_unique<record_tables>(std::move(to), how));
}

}  // namespace mtp::MTP_ABI
