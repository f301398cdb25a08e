// SPDX-License-Identifier: MIT OR Apache-2.0
// The least program that needs the component `libsql`: names a place, and one that is none.
#include <mtp/core/error.hpp>
#include <mtp/libsql/libsql_records.hpp>

int main() {
  mtp::libsql_options where;
  where.url = "libsql://localhost";
  where.replica = "consumer.replica";
  if (!mtp::libsql_records(where)) return 1;
  where.url = "nowhere";
  try {
    mtp::libsql_records(where);
  } catch (mtp::error const& e) {
    return e.code() == mtp::client_errc::bad_argument ? 0 : 1;
  }
  return 1;
}
