// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/world/fault.hpp>
#include <mtp/testing/world/people.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI::testing {

/// Accounts that are to have another number: the codes that went there.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API number_changes {
 public:
  static constexpr std::int32_t lifetime = 300;  ///< of a code, in seconds

  /// Sends the code of the account to `phone`; returns its hash. One before is good no more.
  ///
  /// Errors: PHONE_NUMBER_INVALID, PHONE_NUMBER_OCCUPIED.
  outcome<std::string> begin(people& who, std::int64_t account, std::string_view phone,
                             std::int32_t now);
  /// Gives the account that number.
  ///
  /// Errors: PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED, PHONE_CODE_INVALID, PHONE_NUMBER_OCCUPIED.
  outcome<> finish(people& who, std::int64_t account, std::string_view phone, std::string_view hash,
                   std::string_view code, std::int32_t now);

 private:
  struct pending {
    std::string phone = {};
    std::string hash = {};
    std::int32_t sent = 0;
  };
  std::map<std::int64_t, pending> pending_;  ///< by account
  int count_ = 0;
};

}  // namespace mtp::MTP_ABI::testing
