// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/store_statistics.hpp>

#include <mtp/storage/record_store.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace {

task<store_statistics::part> measure_space(record_store& of, record_space space) {
  store_statistics::part out;
  record_range range(space);
  for (;;) {
    auto const page = co_await of.scan(range);
    if (page.empty()) co_return out;
    for (auto const& one : page) out.bytes += one.id.size() + one.value.size();
    out.records += page.size();
    range.after = page.back().id;
  }
}

}  // namespace

store_statistics::part store_statistics::of(record_space space) const {
  auto const at = parts.find(space);
  return at == parts.end() ? part() : at->second;
}

store_statistics::part store_statistics::all() const {
  part out;
  for (auto const& [space, one] : parts) {
    out.records += one.records;
    out.bytes += one.bytes;
  }
  return out;
}

std::string_view name_of(record_space space) noexcept {
  switch (space) {
    case record_space::seal: return "seal";
    case record_space::identity: return "identity";
    case record_space::login_tokens: return "login_tokens";
    case record_space::auth_keys: return "auth_keys";
    case record_space::salts: return "salts";
    case record_space::addresses: return "addresses";
    case record_space::update_state: return "update_state";
    case record_space::attempts: return "attempts";
    case record_space::peers: return "peers";
    case record_space::usernames: return "usernames";
    case record_space::phones: return "phones";
    case record_space::outbox: return "outbox";
    case record_space::transfers: return "transfers";
    case record_space::values: return "values";
    case record_space::lease: return "lease";
    case record_space::journal: return "journal";
  }
  return "unknown";
}

task<store_statistics> measure(record_store& of) {
  store_statistics out;
  for (std::size_t i = 1; i <= max_record_space; ++i) {
    auto const space = static_cast<record_space>(i);
    auto const found = co_await measure_space(of, space);
    if (found.records > 0) out.parts[space] = found;
  }
  co_return out;
}

}  // namespace mtp::MTP_ABI
