// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/record_backend.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// How long to wait before asking for the lease again.
inline constexpr duration lease_retry = std::chrono::milliseconds(100);
inline constexpr duration longest_lease_retry = std::chrono::seconds(1);

/// Runs a blocking backend on workers: one call at a time, in the order of the operations.
class worker_store final : public backend_store {
 public:
  explicit worker_store(std::unique_ptr<record_backend> backend);
  ~worker_store() override;

  task<store_lease> open(environment& world, asio::any_io_executor strand,
                         lease_options how) override;
  task<std::optional<bytes>> get(record_key key) override;
  task<std::vector<std::optional<bytes>>> get_all(std::vector<record_key> keys) override;
  task<std::vector<record>> scan(record_range range) override;
  task<> commit(write_batch batch, durability how) override;
  task<> close() override;
  task<> run(std::function<void()> work) override;

 private:
  struct place;
  class leaving;
  struct job;
  struct commit_group;

  std::shared_ptr<place> here() const;
  bool is_taken() const;
  task<store_lease> wait_for_lease(std::shared_ptr<place> where, steady_time until);
  task<store_lease> try_open(std::shared_ptr<place> where);
  task<> perform(std::shared_ptr<place> where, std::function<void()> work);
  task<> perform(std::shared_ptr<place> where, std::shared_ptr<job> what);
  task<> follow(std::shared_ptr<place> where, std::shared_ptr<job> what);
  bool join(std::shared_ptr<commit_group>& group, write_batch batch, durability how);

  std::unique_ptr<record_backend> backend_;
  std::shared_ptr<place> place_;             ///< where it was opened last
  std::shared_ptr<commit_group> gathering_;  ///< of commits that have not begun
};

}  // namespace mtp::MTP_ABI::detail
