// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/link_reports.hpp"

#include "client/client_core.hpp"

#include <utility>

namespace mtp::MTP_ABI::detail {

bool link_reports::is_home(net::link_id const& from) const {
  return from.dc == core_.addresses().home() && from.purpose == link_purpose::main;
}

// --- Keys

task<> link_reports::store_key(net::link_id from, crypto::auth_key key,
                               mtproto::client_session_state state, std::int32_t made_at) {
  auto const home = core_.addresses().home();
  return core_.keys().store(from.dc, home, std::move(key), std::move(state), made_at);
}

void link_reports::store_state(net::link_id from, mtproto::client_session_state state) {
  core_.keys().store_state(from.dc, state);
}

void link_reports::key_lost(net::link_id from) {
  core_.keys().forget(from.dc);
  if (from.dc == core_.addresses().home()) core_.updates().request_difference();
}

void link_reports::key_suspect(net::link_id from, bool suspect) {
  if (from.dc == core_.addresses().home()) core_.status().note(&lifecycle::on_key_suspect, suspect);
}

// --- Connections

void link_reports::established(net::link_id from, dc_endpoint const& address) {
  // One for media says nothing about where to begin.
  if (!address.media_only) core_.addresses().set_last_good(from.dc, address);
  if (!is_home(from)) return;
  core_.links().set_was_connected();
  core_.status().note(&lifecycle::on_established);
}

void link_reports::connecting(net::link_id from) {
  if (is_home(from)) core_.status().note(&lifecycle::on_connecting);
}

void link_reports::disconnected(net::link_id from, std::error_code why, bool suspended) {
  if (!is_home(from)) return;
  core_.status().note(suspended ? &lifecycle::on_suspended : &lifecycle::on_disconnected, why);
}

// --- Updates

void link_reports::session_created(net::link_id from) {
  if (is_home(from)) core_.updates().request_difference();
}

void link_reports::update(net::link_id from, slice body) {
  if (!is_home(from)) return;
  core_.account().look_for_scan(body);
  core_.updates().push(std::move(body));
}

}  // namespace mtp::MTP_ABI::detail
