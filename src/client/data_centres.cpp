// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The part of a client's core that knows its data centres: keys, addresses, connections.
#include "client/client_core.hpp"
#include "client/stored_addresses.hpp"

#include <mtp/core/error.hpp>
#include <mtp/tl/encode.hpp>
#include <mtp/tl/functions/root.hpp>

#include <algorithm>
#include <utility>

namespace mtp::detail {
namespace {

std::vector<stored_salt> to_stored(std::vector<mtproto::server_salt> const& salts) {
  std::vector<stored_salt> out;
  out.reserve(salts.size());
  for (auto const& s : salts) out.push_back({s.salt, s.valid_since, s.valid_until});
  return out;
}

mtproto::client_session_state session_of(stored_dc const& dc) {
  mtproto::client_session_state out;
  out.time_offset = dc.time_offset;
  for (auto const& s : dc.salts) out.salts.push_back({s.salt, s.valid_since, s.valid_until});
  return out;
}

/// invokeWithoutUpdates: its query follows it.
bytes without_updates() {
  bytes out(4);
  store_le(out.data(), std::uint32_t{tl::invokeWithoutUpdates::tl_id});
  return out;
}

}  // namespace

// --- Addresses -----------------------------------------------------------------------------------

address_book const& client_core::initial_addresses() const {
  return config_.addresses.empty() ? builtin_addresses(config_.environment) : config_.addresses;
}

bool client_core::knows_dc(int dc) const {
  auto const stored = state().addresses.find(dc);
  return initial_addresses().contains(dc) ||
         (stored != state().addresses.end() && !stored->second.known.empty());
}

int client_core::home_dc() const {
  if (knows_dc(state().home_dc)) return state().home_dc;
  if (config_.first_dc != 0) return config_.first_dc;
  auto const& book = initial_addresses();
  return book.contains(2) ? 2 : book.begin()->first;
}

/// What the server said last, and behind it what the program came with.
std::vector<dc_endpoint> client_core::endpoints_of(int dc) const {
  std::vector<dc_endpoint> out;
  auto const stored = state().addresses.find(dc);
  if (stored != state().addresses.end()) out = to_endpoints(stored->second.known);
  auto const initial = initial_addresses().find(dc);
  if (initial == initial_addresses().end()) return out;
  for (auto const& one : initial->second) {
    if (std::ranges::find(out, one) == out.end()) out.push_back(one);
  }
  return out;
}

void client_core::remember_address(int dc, dc_endpoint const& good) {
  auto const known = state().addresses.find(dc);
  stored_addresses all = known == state().addresses.end() ? stored_addresses() : known->second;
  auto const fresh = to_stored_address(good);
  if (all.last_good == fresh) return;
  all.last_good = fresh;
  session_change change;
  change.addresses[dc] = std::move(all);
  keeper_.change(std::move(change));
}

// --- Links ---------------------------------------------------------------------------------------

std::shared_ptr<net::dc_key> client_core::key_of(int dc) {
  auto& key = keys_[dc];
  if (key) return key;
  key = std::make_shared<net::dc_key>(world_, strand_, config_.connection.keys);
  auto const stored = state().dcs.find(dc);
  if (stored == state().dcs.end() || stored->second.auth_key.reveal().empty()) return key;
  auto agreed = crypto::auth_key::left_padded(stored->second.auth_key.reveal());
  if (!agreed) return key;
  auto context =
      std::make_shared<mtproto::key_context>(*std::move(agreed), session_of(stored->second));
  key->set(std::move(context), stored->second.made_at);
  return key;
}

net::link_options client_core::link_options_for(int dc, link_purpose purpose) {
  net::link_options options;
  options.dc = dc;
  options.wire_dc = dc + (config_.environment == dc_environment::test ? 10000 : 0);
  options.purpose = purpose;
  options.endpoints = endpoints_of(dc);
  auto const stored = state().addresses.find(dc);
  if (stored != state().addresses.end() && stored->second.last_good)
    options.last_good = to_endpoint(*stored->second.last_good);
  options.trusted = trusted_;
  options.connection = config_.connection;
  options.init_prefix = init_connection_prefix_;
  if (purpose != link_purpose::main || dc != home_dc()) options.call_prefix = without_updates();
  options.was_connected = was_connected_;
  return options;
}

std::shared_ptr<net::link> client_core::make_link(net::link_options options) {
  net::link_listener& listener = *this;
  auto key = key_of(options.dc);
  return std::make_shared<net::link>(world_, strand_, std::move(options), std::move(key),
                                     config_.log, listener);
}

void client_core::start_home() { home_ = parts_->spawn(run_home()); }

/// Runs one link. When the account has moved, its calls go on with the next; otherwise they end.
task<> client_core::run_home() {
  auto const link = make_link(link_options_for(home_dc(), link_purpose::main));
  link_ = link;
  link_changed_.notify();
  std::exception_ptr failed;
  try {
    co_await link->run();
  } catch (...) {
    failed = std::current_exception();
  }
  if (link_ == link) link_.reset();
  bool const moved = std::exchange(moved_, false);
  bool const goes_on = !stopped_ && (moved || !failed);
  goes_on ? link->hand_over() : link->close();
  if (goes_on) {
    start_home();
  } else if (failed) {
    std::rethrow_exception(failed);
  }
}

void client_core::move_home(int dc) {
  if (dc == home_dc()) return;
  bool const runs = std::exchange(link_, nullptr) != nullptr;  // calls wait for the next
  tell(log_level::info, "the account belongs to another data centre; going there");
  session_change change;
  change.home_dc = dc;
  keeper_.change(std::move(change));
  retire_pool(dc);
  if (!runs) return;
  moved_ = true;
  parts_->cancel(home_);
}

/// What was elsewhere is home now: the calls of its pool go on with the connection of the account,
/// which alone speaks for it.
void client_core::retire_pool(int dc) {
  auto const found = pools_.find({dc, link_purpose::main});
  if (found == pools_.end()) return;
  if (found->second) found->second->retire();
  pools_.erase(found);
}

std::shared_ptr<net::pool> client_core::pool_of(int dc, link_purpose purpose) {
  auto& pool = pools_[{dc, purpose}];
  if (pool || !parts_) return pool;
  auto make = [this, dc, purpose] {
    auto options = link_options_for(dc, purpose);
    options.ends_when_hopeless = true;  // the calls that wait for it are told why
    return make_link(std::move(options));
  };
  auto prepare = [this, dc](std::shared_ptr<net::link> link) {
    return set_up(dc, std::move(link));
  };
  pool = std::make_shared<net::pool>(world_, strand_, config_.connection.pool, make, prepare);
  parts_->spawn(run_pool(pool));
  return pool;
}

task<> client_core::run_pool(std::shared_ptr<net::pool> pool) { co_await pool->run(); }

task<net::pool::lease> client_core::lease_link(int dc, link_purpose purpose) {
  waiting const here(*this);
  auto const home = co_await current_link();  // the store was read
  auto const pool = pool_of(dc, purpose);
  if (!pool) throw client_closed();
  std::exception_ptr failed;
  net::pool::lease out;
  try {
    out = co_await pool->take();
  } catch (...) {
    failed = std::current_exception();
  }
  throw_if_over();
  if (pool->is_retired()) co_return net::pool::lease();
  if (failed) std::rethrow_exception(failed);
  // The login may have changed since the connection was set up, or been lost.
  if (dc != home_dc() && state().self) co_await sign_in_at(dc, out.get());
  co_return out;
}

void client_core::network_restored() {
  if (link_) link_->on_network_restored();
  for (auto& [id, pool] : pools_) {
    if (pool) pool->on_network_restored();
  }
}

// --- What links tell -----------------------------------------------------------------------------

bool client_core::is_home(net::link_id const& from) const {
  return from.dc == home_dc() && from.purpose == link_purpose::main;
}

task<> client_core::store_key(net::link_id from, crypto::auth_key key,
                              mtproto::client_session_state state, std::int32_t made_at) {
  stored_dc dc;
  dc.auth_key = bytes(key.data().begin(), key.data().end());
  dc.time_offset = state.time_offset;
  dc.salts = to_stored(state.salts);
  dc.made_at = made_at;
  session_change change;
  change.home_dc = home_dc();
  change.dcs[from.dc] = std::move(dc);
  keeper_.change(std::move(change));
  co_await keeper_.flush();
}

void client_core::store_state(net::link_id from, mtproto::client_session_state state) {
  auto const known = this->state().dcs.find(from.dc);
  if (known == this->state().dcs.end()) return;
  stored_dc dc = known->second;
  dc.time_offset = state.time_offset;
  dc.salts = to_stored(state.salts);
  session_change change;
  change.dcs[from.dc] = std::move(dc);
  keeper_.change(std::move(change));
}

void client_core::key_lost(net::link_id from) {
  session_change change;
  change.dcs[from.dc] = std::nullopt;
  keeper_.change(std::move(change));
  if (from.dc == home_dc()) engine_.may_have_missed();
}

void client_core::established(net::link_id from, dc_endpoint const& address) {
  // One for media says nothing about where to begin.
  if (!address.media_only) remember_address(from.dc, address);
  if (!is_home(from)) return;
  was_connected_ = true;
  life_.on_established();
  publish_status();
}

void client_core::connecting(net::link_id from) {
  if (!is_home(from)) return;
  life_.on_connecting();
  publish_status();
}

void client_core::disconnected(net::link_id from, std::error_code why, bool suspended) {
  if (!is_home(from)) return;
  suspended ? life_.on_suspended(why) : life_.on_disconnected(why);
  publish_status();
}

void client_core::key_suspect(net::link_id from, bool suspect) {
  if (from.dc != home_dc()) return;
  life_.on_key_suspect(suspect);
  publish_status();
}

void client_core::session_created(net::link_id from) {
  if (is_home(from)) engine_.may_have_missed();
}

void client_core::update(net::link_id from, slice body) {
  if (!is_home(from)) return;
  if (!engine_.is_reading()) note_unread_update(body);
  engine_.push(std::move(body));
}

}  // namespace mtp::detail
