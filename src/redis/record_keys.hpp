// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "redis/link.hpp"
#include "storage/batch_effect.hpp"

#include <mtp/storage/record_backend.hpp>
#include <mtp/storage/store_error.hpp>

#include <optional>
#include <string>

namespace mtp::MTP_ABI::redis {

/// Records in keys of Redis.
/// Threads: an owner at a time.
class record_keys final : public record_backend {
 public:
  /// Errors: throws error with client_errc::bad_argument.
  record_keys(redis_options to, std::string const& account);

  store_lease open(std::chrono::system_clock::time_point now) override;
  std::optional<bytes> get(record_key const& key) override;
  std::vector<record> scan(record_range const& range) override;
  void commit(write_batch const& batch, durability how) override;
  void close() override;

 private:
  /// One for commands, one that listens for as long as the lease is held.
  struct links {
    links(redis_options const& to, std::string const& place)
        : commands(to, place), lease(to, place) {}
    link commands;
    link lease;
  };

  link& ready();
  void resume();
  void claim(link& at, std::chrono::system_clock::time_point now);
  void understand(answer const& said);
  void listen(link& at) const;
  bool is_ours(link& at) const;
  void queue(link& at, detail::batch_effect const& effect, std::size_t& commands) const;
  void execute(link& at, std::size_t commands);
  void read_values(link& at, record_space space, answer const& ids, std::vector<record>& out) const;
  std::string values_of(record_space space) const;
  std::string ids_of(record_space space) const;
  std::string channel() const;
  [[noreturn]] void lose();

  redis_options to_;
  std::string prefix_;  ///< of all keys of the account
  std::string place_;
  std::optional<links> links_ = {};
  std::uint64_t fence_ = 0;
  bool lost_ = false;  ///< somebody else has the lease, or had it
};

}  // namespace mtp::MTP_ABI::redis
