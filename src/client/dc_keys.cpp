// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/dc_keys.hpp"

#include <utility>

namespace mtp::MTP_ABI::detail {
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

}  // namespace

std::shared_ptr<net::dc_key> dc_keys::of(int dc) {
  auto& key = keys_[dc];
  if (key) return key;
  key = std::make_shared<net::dc_key>(context_.world(), context_.strand(),
                                      context_.config().connection.keys);
  auto const stored = context_.state().dcs.find(dc);
  if (stored == context_.state().dcs.end() || stored->second.auth_key.reveal().empty()) return key;
  auto agreed = crypto::auth_key::left_padded(stored->second.auth_key.reveal());
  if (!agreed) return key;
  auto context =
      std::make_shared<mtproto::key_context>(*std::move(agreed), session_of(stored->second));
  key->set(std::move(context), stored->second.made_at);
  return key;
}

task<> dc_keys::store(int dc, int home, crypto::auth_key key, mtproto::client_session_state state,
                      std::int32_t made_at) {
  stored_dc fresh;
  fresh.auth_key = bytes(key.data().begin(), key.data().end());
  fresh.time_offset = state.time_offset;
  fresh.salts = to_stored(state.salts);
  fresh.made_at = made_at;
  session_change change;
  change.home_dc = home;
  change.dcs[dc] = std::move(fresh);
  context_.keeper().change(std::move(change));
  co_await context_.keeper().flush();
}

void dc_keys::store_state(int dc, mtproto::client_session_state const& state) {
  auto const known = context_.state().dcs.find(dc);
  if (known == context_.state().dcs.end()) return;
  stored_dc fresh = known->second;
  fresh.time_offset = state.time_offset;
  fresh.salts = to_stored(state.salts);
  session_change change;
  change.dcs[dc] = std::move(fresh);
  context_.keeper().change(std::move(change));
}

void dc_keys::forget(int dc) {
  session_change change;
  change.dcs[dc] = std::nullopt;
  context_.keeper().change(std::move(change));
}

bool dc_keys::is_signed_in(int dc) const {
  auto const known = context_.state().dcs.find(dc);
  return known != context_.state().dcs.end() && known->second.signed_in;
}

void dc_keys::set_signed_in(int dc, bool signed_in) {
  auto const known = context_.state().dcs.find(dc);
  bool const same = known == context_.state().dcs.end() || known->second.signed_in == signed_in;
  if (same) return;
  session_change change;
  change.dcs[dc] = known->second;
  change.dcs[dc]->signed_in = signed_in;
  context_.keeper().change(std::move(change));
}

}  // namespace mtp::MTP_ABI::detail
