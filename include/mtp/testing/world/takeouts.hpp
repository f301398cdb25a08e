// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/random.hpp>
#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>

namespace mtp::MTP_ABI::testing {

/// Exports of accounts that are under way (https://core.telegram.org/api/takeout), one of an
/// account at a time. Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API takeouts {
 public:
  /// Begins an export, which ends the one before it. Returns its id.
  std::int64_t begin(std::int64_t account, random_source& random);
  /// Whether the call belongs to the export of the account.
  ///
  /// Errors: TAKEOUT_INVALID.
  outcome<> check(std::int64_t account, std::int64_t id) const;
  void end(std::int64_t account) { ids_.erase(account); }
  bool is_under_way(std::int64_t account) const { return ids_.contains(account); }

 private:
  std::map<std::int64_t, std::int64_t> ids_;  ///< by account
};

}  // namespace mtp::MTP_ABI::testing
