// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/constructor/dcOption
#include "client/dc_addresses.hpp"

#include "client/stored_addresses.hpp"

#include <mtp/tl/types/DcOption.hpp>

#include <asio/ip/address.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

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

dc_endpoint endpoint_from(tl::dcOption const& said) {
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

}  // namespace

address_book const& dc_addresses::initial() const {
  auto const& config = context_.config();
  return config.addresses.empty() ? builtin_addresses(config.environment) : config.addresses;
}

bool dc_addresses::knows(int dc) const {
  auto const stored = context_.state().addresses.find(dc);
  return initial().contains(dc) ||
         (stored != context_.state().addresses.end() && !stored->second.known.empty());
}

int dc_addresses::home() const {
  if (knows(context_.state().home_dc)) return context_.state().home_dc;
  if (context_.config().first_dc != 0) return context_.config().first_dc;
  return initial().contains(2) ? 2 : initial().begin()->first;
}

void dc_addresses::set_home(int dc) {
  session_change change;
  change.home_dc = dc;
  context_.keeper().change(std::move(change));
}

std::vector<dc_endpoint> dc_addresses::endpoints_of(int dc) const {
  std::vector<dc_endpoint> out;
  auto const stored = context_.state().addresses.find(dc);
  if (stored != context_.state().addresses.end()) out = to_endpoints(stored->second.known);
  auto const given = initial().find(dc);
  if (given == initial().end()) return out;
  for (auto const& one : given->second) {
    if (std::ranges::find(out, one) == out.end()) out.push_back(one);
  }
  return out;
}

std::optional<dc_endpoint> dc_addresses::last_good_of(int dc) const {
  auto const stored = context_.state().addresses.find(dc);
  bool const known = stored != context_.state().addresses.end() && stored->second.last_good;
  if (!known) return std::nullopt;
  return to_endpoint(*stored->second.last_good);
}

void dc_addresses::set_last_good(int dc, dc_endpoint const& good) {
  auto const& stored = context_.state().addresses;
  auto const known = stored.find(dc);
  stored_addresses all = known == stored.end() ? stored_addresses() : known->second;
  auto const fresh = to_stored_address(good);
  if (all.last_good == fresh) return;
  all.last_good = fresh;
  session_change change;
  change.addresses[dc] = std::move(all);
  context_.keeper().change(std::move(change));
}

/// The addresses that `said` holds of each data centre, as far as they are of use.
std::map<int, stored_addresses> dc_addresses::sound_addresses(
    tl::list<tl::DcOption> const& said) const {
  std::map<int, stored_addresses> all;
  std::size_t unsound = 0;
  for (auto const& option : std::span(said.data(), std::min(said.size(), max_options))) {
    bool const room = all.contains(option.id) || all.size() < max_dcs;
    bool const usable = room && is_sound(option);
    unsound += !usable;
    if (!usable) continue;
    auto& known = all[option.id].known;
    if (known.size() < max_addresses) known.push_back(to_stored_address(endpoint_from(option)));
  }
  if (unsound > 0)
    context_.log(log_level::warning,
                 std::to_string(unsound) + " addresses that the server gave are no addresses");
  return all;
}

void dc_addresses::learn(tl::list<tl::DcOption> const& said) {
  auto all = sound_addresses(said);
  auto const& stored = context_.state().addresses;
  if (stored.size() >= max_dcs)
    std::erase_if(all, [&](auto const& one) { return !stored.contains(one.first); });
  session_change change;
  for (auto& [dc, fresh] : all) {
    auto const before = stored.find(dc);
    if (before != stored.end()) fresh.last_good = before->second.last_good;
    bool const same = before != stored.end() && before->second == fresh;
    if (!same) change.addresses[dc] = std::move(fresh);
  }
  context_.keeper().change(std::move(change));
}

}  // namespace mtp::MTP_ABI::detail
