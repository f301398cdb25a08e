// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/postgres/postgres_records.hpp>

#include "postgres/record_tables.hpp"

#include <utility>

namespace mtp::MTP_ABI {

std::shared_ptr<record_store> postgres_records(std::string connection, std::string account,
                                               postgres_options how) {
  postgres::target to(std::move(connection), std::move(account));
  return worker_records(std::make_unique<postgres::record_tables>(std::move(to), how.patience));
}

}  // namespace mtp::MTP_ABI
