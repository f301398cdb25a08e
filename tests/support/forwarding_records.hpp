// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/record_store.hpp>

#include <memory>
#include <utility>

namespace mtp::test {

/// A store over another one, for tests that look at or change what passes.
class forwarding_records : public record_store {
 public:
  explicit forwarding_records(std::shared_ptr<record_store> below = memory_records())
      : below_(std::move(below)) {}

  task<store_lease> open(environment& world, asio::any_io_executor strand,
                         lease_options how) override {
    return below_->open(world, std::move(strand), how);
  }
  task<std::optional<bytes>> get(record_key key) override { return below_->get(std::move(key)); }
  task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) override {
    return below_->get_all(std::move(keys));
  }
  task<std::vector<record>> scan(record_range range) override {
    return below_->scan(std::move(range));
  }
  task<> commit(write_batch batch, durability how) override {
    return below_->commit(std::move(batch), how);
  }
  task<> close() override { return below_->close(); }

 protected:
  record_store& below() { return *below_; }

 private:
  std::shared_ptr<record_store> below_;
};

}  // namespace mtp::test
