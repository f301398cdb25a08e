// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "libsql/lease_keeper.hpp"
#include "libsql/shared_backend.hpp"
#include "libsql/transaction.hpp"
#include "storage/batch_effect.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::libsql {

/// Records in a table of a server.
/// Threads: an owner at a time.
class remote_records final : public shared_backend {
 public:
  explicit remote_records(target to) : to_(std::move(to)), by_(to_) {}
  ~remote_records() override { give_back(); }

  store_lease open(std::chrono::system_clock::time_point now) override;
  std::optional<bytes> get(record_key const& key) override;
  std::vector<std::optional<bytes>> get_all(std::vector<record_key> const& keys) override;
  std::vector<record> scan(record_range const& range) override;
  void commit(write_batch const& batch, durability how) override;
  void close() override { give_back(); }

  target const& place() const noexcept { return to_; }
  /// The row of the account, with the number of the last commit.
  account_row const& account() const noexcept { return account_; }
  /// The spaces in which there is something.
  std::vector<record_space> spaces();
  /// Makes sure that nobody else holds it; asks the server only when that is necessary.
  void require_lease();
  /// True when it is not known whether the last commit was stored.
  bool is_unsure() const noexcept { return unsure_; }
  /// Finds out, and makes sure that it stays so: whether the last commit was stored.
  bool settle();

 private:
  enum class sending { stored, not_ours };

  void look_first();
  void ready();
  void give_back();
  void advance(std::vector<step> const& writes);
  sending send(std::vector<step> const& writes, std::int64_t stamp);
  bool adopt(std::int64_t stamp);
  std::vector<outcome> read_checked(std::vector<step> steps);
  bytes value_in(outcome const& from, std::size_t row, record_space space);
  bytes read_in_pieces(record_space space, bytes_view id, std::int64_t size);
  void add_page(record_space space, detail::id_bounds const& bounds, std::size_t most,
                std::vector<record>& out);
  std::vector<step> writes_of(detail::batch_effect const& effect) const;
  void add_put(std::vector<step>& to, record_write const& one) const;
  [[noreturn]] void lose();

  target to_;
  http by_;
  candidate self_ = {};
  account_row account_ = {};
  std::unique_ptr<lease_keeper> keeper_ = {};
  std::int64_t last_ = 0;     ///< the number of the last commit that was tried
  std::int64_t pending_ = 0;  ///< of the one of which it is not known whether it was stored
  bool has_tables_ = false;   ///< when it was looked last
  bool unsure_ = false;
  bool landed_ = false;  ///< the pending one was stored
  bool lost_ = false;    ///< somebody else has the lease, or had it
};

}  // namespace mtp::MTP_ABI::libsql
