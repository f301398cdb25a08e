// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "libsql/http.hpp"
#include "libsql/this_machine.hpp"

#include <mtp/storage/store_error.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace mtp::MTP_ABI::libsql {

/// The row of an account, as its holder found it.
struct account_row {
  std::int64_t number = 0;  ///< of the account in the database
  std::string name = {};    ///< of the row, among all databases
  std::int64_t fence = 0;
  std::int64_t stamp = 0;  ///< the number of the last commit
};

/// Makes the tables that are not there. Errors: throws store_error, with client_errc::newer_store
/// for those of a newer version.
void create_tables(target const& at, http& by);

/// Who wants a lease: names one object of one process.
struct candidate {
  candidate();
  std::string name;
  running_process process;
};

/// Who else holds it. The tables are there.
std::optional<store_holder> find_holder(target const& at, http& by, candidate const& who);
/// Takes the lease. Errors: throws store_in_use, store_error.
account_row take_lease(target const& at, http& by, candidate const& who,
                       std::chrono::system_clock::time_point now);
/// Moves its end. False when somebody else has it, or had it.
bool renew_lease(target const& at, http& by, account_row const& held);
void give_lease_back(target const& at, http& by, account_row const& held);
/// Seconds that a lease is held without being renewed.
std::int64_t seconds_of_lease(target const& at);

}  // namespace mtp::MTP_ABI::libsql
