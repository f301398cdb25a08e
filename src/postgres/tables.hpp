// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "postgres/connection.hpp"

#include <cstdint>
#include <string>

namespace mtp::MTP_ABI::postgres {

/// Tells the server what this session needs of it: to notice when this machine vanished so long
/// ago.
void prepare_session(connection& at, duration vanished);
/// Makes the tables that are not there. Errors: throws store_error with client_errc::newer_store.
void create_tables(connection& at, std::string const& place);
/// A number of the table of accounts that no other table has.
std::int32_t number_of_table(connection& at);
/// The number of an account, which is entered when it is not there.
std::int32_t number_of_account(connection& at, std::string const& account);

}  // namespace mtp::MTP_ABI::postgres
