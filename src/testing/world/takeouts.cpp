// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/takeouts.hpp>

namespace mtp::MTP_ABI::testing {

std::int64_t takeouts::begin(std::int64_t account, random_source& random) {
  auto const id = (random.make<std::int64_t>() & INT64_MAX) | 1;
  ids_[account] = id;
  return id;
}

outcome<> takeouts::check(std::int64_t account, std::int64_t id) const {
  auto const at = ids_.find(account);
  if (at == ids_.end() || at->second != id) return refuse(400, "TAKEOUT_INVALID");
  return {};
}

}  // namespace mtp::MTP_ABI::testing
