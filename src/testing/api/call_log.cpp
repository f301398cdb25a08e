// SPDX-License-Identifier: MIT OR Apache-2.0
#include "call_log.hpp"

#include <mtp/crypto/hash.hpp>

#include <set>
#include <tuple>

namespace mtp::MTP_ABI::testing {

void call_log::add(call_record record, bytes_view query) {
  if (capacity == 0) return;
  record.fingerprint = load_le<std::uint64_t>(crypto::sha256(query).data());
  if (records_.size() >= capacity) records_.pop_front();
  records_.push_back(std::move(record));
}

std::vector<call_record> executed_again(std::span<call_record const> log) {
  std::set<std::tuple<std::int64_t, std::string, std::uint64_t>> seen;
  std::vector<call_record> again;
  for (auto const& one : log) {
    if (!one.executed) continue;
    if (!seen.emplace(one.account, one.method, one.fingerprint).second) again.push_back(one);
  }
  return again;
}

}  // namespace mtp::MTP_ABI::testing
