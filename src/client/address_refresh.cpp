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
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <asio/ip/address.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace mtp::detail {
namespace {

constexpr auto shortest_validity = std::chrono::minutes(5);
constexpr auto longest_validity = std::chrono::hours(24);
constexpr auto delay_after_failure = std::chrono::minutes(1);
/// Between two times that the server makes us ask.
constexpr auto pause_between_wishes = std::chrono::seconds(10);
constexpr std::size_t max_options = 1000;
constexpr std::size_t max_dcs = 100;
constexpr std::size_t max_addresses = 64;  // of one data centre
constexpr std::size_t max_secret = 512;

/// Names are nothing that the server gives: a resolver would be asked for whatever it says.
bool is_address(std::string_view text) {
  bool const plain = text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
  if (!plain) return false;
  std::error_code failed;
  auto const address = asio::ip::make_address(std::string(text), failed);
  return !failed && !address.is_unspecified() && !address.is_multicast();
}

bool is_sound(tl::dcOption const& said) {
  return said.id > 0 && said.id < 10'000 && said.port > 0 && said.port < 65536 &&
         is_address(said.ip_address) && (!said.secret || said.secret->size() <= max_secret);
}

dc_endpoint to_endpoint(tl::dcOption const& said) {
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

/// Asks once the client is connected, whenever the answer has expired, and when the server says
/// that there is something new.
task<> client_core::keep_addresses() {
  if (!refreshes_addresses()) co_return;
  for (;;) {
    auto const config = co_await ask_config();
    duration const wait = config ? validity(*config) : delay_after_failure;
    if (config) take_addresses(config->dc_options);
    co_await wait_for_refresh(world_.now().steady + wait);
  }
}

/// Waits for the server's wish, or until the addresses have expired.
task<> client_core::wait_for_refresh(steady_time until) {
  while (!refresh_wanted_ && world_.now().steady < until) co_await refresh_.wait_until(until);
  if (!refresh_wanted_) co_return;
  auto const wait = next_wish_ - world_.now().steady;
  if (wait > duration::zero()) co_await mtp::pause(world_, strand_, wait);
  next_wish_ = world_.now().steady + pause_between_wishes;
  refresh_wanted_ = false;
}

/// Takes what an update says of the addresses.
void client_core::note_configuration(tl::Update const& what) {
  auto const* const options = what.get_if<tl::updateDcOptions>();
  if (!options && !what.holds<tl::updateConfig>()) return;
  if (!refreshes_addresses()) return;
  if (options) take_addresses(options->dc_options);
  refresh_wanted_ = true;
  refresh_.notify();
}

/// The same for an update that nobody reads, since no stream is open or nobody is signed in.
void client_core::note_unread_update(slice const& body) {
  constexpr std::size_t ids = 8;
  bool const brief = body.size() >= ids &&
                     load_le<std::uint32_t>(body.data()) == std::uint32_t{tl::updateShort::tl_id};
  if (!brief) return;
  auto const id = load_le<std::uint32_t>(body.data() + 4);
  if (id != tl::updateConfig::tl_id && id != tl::updateDcOptions::tl_id) return;
  auto const all = tl::decode<tl::Updates>(body);
  if (!all) return;
  received<tl::Updates> const& whole = *all;
  if (auto const* one = whole->get_if<tl::updateShort>()) note_configuration(one->update);
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

/// The addresses that `said` holds of each data centre, as far as they are of use.
std::map<int, stored_addresses> client_core::sound_addresses(
    tl::list<tl::DcOption> const& said) const {
  std::map<int, stored_addresses> all;
  std::size_t unsound = 0;
  for (auto const& option : std::span(said.data(), std::min(said.size(), max_options))) {
    bool const room = all.contains(option.id) || all.size() < max_dcs;
    bool const usable = room && is_sound(option);
    unsound += !usable;
    if (!usable) continue;
    auto& known = all[option.id].known;
    if (known.size() < max_addresses) known.push_back(to_stored_address(to_endpoint(option)));
  }
  if (unsound > 0)
    tell(log_level::warning,
         std::to_string(unsound) + " addresses that the server gave are no addresses");
  return all;
}

void client_core::take_addresses(tl::list<tl::DcOption> const& said) {
  auto all = sound_addresses(said);
  if (state().addresses.size() >= max_dcs)
    std::erase_if(all, [&](auto const& one) { return !state().addresses.contains(one.first); });
  session_change change;
  for (auto& [dc, fresh] : all) {
    auto const before = state().addresses.find(dc);
    if (before != state().addresses.end()) fresh.last_good = before->second.last_good;
    bool const same = before != state().addresses.end() && before->second == fresh;
    if (!same) change.addresses[dc] = std::move(fresh);
  }
  keeper_.change(std::move(change));
  if (link_) link_->set_endpoints(endpoints_of(home_dc()));
  for (auto& [id, pool] : pools_) {
    if (pool) pool->set_endpoints(endpoints_of(id.first));
  }
}

}  // namespace mtp::detail
