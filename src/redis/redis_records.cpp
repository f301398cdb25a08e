// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/redis/redis_records.hpp>

#include "redis/record_keys.hpp"

#include <utility>

namespace mtp::MTP_ABI {

std::shared_ptr<record_store> redis_records(redis_options where, std::string account) {
  return worker_records(std::make_unique<redis::record_keys>(std::move(where), account));
}

}  // namespace mtp::MTP_ABI
