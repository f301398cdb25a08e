// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The addresses of the data centres, as the server gives them:
// core.telegram.org/method/help.getConfig
#include "client/call.hpp"
#include "client/client_core.hpp"
#include "client/stored_addresses.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/Reaction.hpp>

#include <algorithm>
#include <utility>

namespace mtp::detail {
namespace {

constexpr auto shortest_validity = std::chrono::minutes(5);
constexpr auto longest_validity = std::chrono::hours(24);
constexpr auto delay_after_failure = std::chrono::minutes(1);
constexpr std::size_t max_addresses = 64;  // of one data centre
constexpr std::size_t max_host = 255;

std::optional<dc_endpoint> to_endpoint(tl::dcOption const& said) {
  bool const sound = said.id > 0 && said.id < 10'000 && said.port > 0 && said.port < 65536 &&
                     !said.ip_address.empty() && said.ip_address.size() <= max_host;
  if (!sound) return std::nullopt;
  dc_endpoint out;
  out.host = std::string(said.ip_address);
  out.port = static_cast<std::uint16_t>(said.port);
  out.media_only = said.media_only;
  out.tcpo_only = said.tcpo_only;
  out.cdn = said.cdn;
  out.is_static = said.static_;
  out.this_port_only = said.this_port_only;
  if (said.secret) out.secret = said.secret->copy();
  return out;
}

/// How long the answer holds, whatever its clock says.
duration validity(tl::config const& said) {
  return std::clamp<duration>(std::chrono::seconds(std::int64_t{said.expires} - said.date),
                              shortest_validity, longest_validity);
}

}  // namespace

bool client_core::refreshes_addresses() const {
  switch (config_.connection.refresh) {
    case address_refresh::always: return true;
    case address_refresh::never: return false;
    case address_refresh::automatic: break;
  }
  return config_.addresses.empty();
}

/// Asks once the client is connected, and whenever the answer has expired.
task<> client_core::keep_addresses() {
  if (!refreshes_addresses()) co_return;
  for (;;) {
    auto const config = co_await ask_config();
    duration const wait = config ? validity(*config) : delay_after_failure;
    if (config) take_addresses(*config);
    co_await mtp::pause(world_, strand_, wait);
  }
}

task<received<tl::config>> client_core::ask_config() {
  received<tl::config> out;
  try {
    tl::help::getConfig request;
    out = co_await call(*this, request);
  } catch (error const& e) {
    tell(log_level::warning, std::string("the addresses are not refreshed: ") + e.what());
  }
  co_return out;
}

void client_core::take_addresses(tl::config const& said) {
  std::map<int, stored_addresses> all;
  for (auto const& option : said.dc_options) {
    auto const one = to_endpoint(option);
    auto& known = all[option.id].known;
    if (one && known.size() < max_addresses) known.push_back(to_stored_address(*one));
  }
  session_change change;
  for (auto& [dc, fresh] : all) {
    auto const before = state().addresses.find(dc);
    if (before != state().addresses.end()) fresh.last_good = before->second.last_good;
    bool const same = before != state().addresses.end() && before->second == fresh;
    if (!same && !fresh.known.empty()) change.addresses[dc] = std::move(fresh);
  }
  keeper_.change(std::move(change));
  if (link_) link_->set_endpoints(endpoints_of(home_dc()));
  for (auto& [id, pool] : pools_) {
    if (pool) pool->set_endpoints(endpoints_of(id.first));
  }
}

}  // namespace mtp::detail
