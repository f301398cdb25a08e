// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/account_batch.hpp>

#include "storage/account/account_codec.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

bytes owned(bytes_view from) { return bytes(from.begin(), from.end()); }

}  // namespace

account_batch& account_batch::put(durability how, record_space space, bytes id, bytes value) {
  how_ = std::min(how_, how);
  records_.put(space, std::move(id), std::move(value));
  return *this;
}

account_batch& account_batch::put(stored_identity const& who) {
  return put(durability::at_once, record_space::identity, {}, detail::encode_value(who));
}

account_batch& account_batch::put(stored_peer const& peer) {
  auto const names_it = detail::encode_value(peer.id);
  for (auto const& name : peer.usernames)
    records_.put(record_space::usernames, detail::encode_username(name), names_it);
  if (!peer.phone.reveal().empty())
    records_.put(record_space::phones, detail::encode_text(peer.phone.reveal()), names_it);
  peers_.push_back(peer);
  return put(durability::coalesced, record_space::peers, detail::encode_peer_id(peer.id),
             detail::encode_value(peer));
}

account_batch& account_batch::put(key_name const& name, stored_key const& key) {
  return put(durability::at_once, record_space::auth_keys, detail::encode_key_name(name),
             detail::encode_value(key));
}

account_batch& account_batch::put(key_name const& name, std::vector<stored_salt> const& salts) {
  return put(durability::coalesced, record_space::salts, detail::encode_key_name(name),
             detail::encode_value(salts));
}

account_batch& account_batch::put(std::int32_t dc, stored_addresses const& addresses) {
  return put(durability::coalesced, record_space::addresses, detail::encode_dc(dc),
             detail::encode_value(addresses));
}

account_batch& account_batch::erase(key_name const& name) {
  how_ = durability::at_once;
  records_.erase(record_space::auth_keys, detail::encode_key_name(name));
  records_.erase(record_space::salts, detail::encode_key_name(name));
  return *this;
}

account_batch& account_batch::put_position(std::string_view consumer, update_state const& at) {
  auto id = detail::encode_consumer(consumer);
  id.push_back('a');
  return put(durability::coalesced, record_space::update_state, std::move(id),
             detail::encode_value(at));
}

account_batch& account_batch::put_position(std::string_view consumer, std::int64_t channel,
                                           std::int32_t pts) {
  return put(durability::coalesced, record_space::update_state,
             detail::encode_channel(consumer, channel), detail::encode_value(pts));
}

account_batch& account_batch::put_login_token(bytes_view token) {
  return put(durability::at_once, record_space::login_tokens, owned(token), {});
}

account_batch& account_batch::put_outgoing(std::uint64_t number, bytes_view content) {
  return put(durability::at_once, record_space::outbox, detail::encode_number(number),
             owned(content));
}

account_batch& account_batch::erase_outgoing(std::uint64_t number) {
  records_.erase(record_space::outbox, detail::encode_number(number));
  return *this;
}

account_batch& account_batch::put_value(std::string_view name, bytes_view content) {
  return put(durability::at_once, record_space::values, detail::encode_text(name), owned(content));
}

account_batch& account_batch::erase_value(std::string_view name) {
  how_ = durability::at_once;
  records_.erase(record_space::values, detail::encode_text(name));
  return *this;
}

account_batch& account_batch::forget_account() {
  how_ = durability::at_once;
  forgets_ = true;
  peers_.clear();
  for (auto const space :
       {record_space::identity, record_space::login_tokens, record_space::update_state,
        record_space::attempts, record_space::peers, record_space::usernames, record_space::phones,
        record_space::outbox, record_space::transfers})
    records_.clear(space);
  return *this;
}

account_batch& account_batch::add(write_batch records) {
  how_ = durability::at_once;
  records_.append(std::move(records));
  return *this;
}

account_batch import_session(session_state const& from, std::string_view consumer) {
  account_batch out;
  out.put(stored_identity{.home_dc = from.home_dc, .self = from.self});
  for (auto const& [dc, known] : from.dcs) {
    key_name const name{.dc = dc};
    if (!known.auth_key.reveal().empty())
      out.put(name, stored_key{.key = known.auth_key,
                               .time_offset = known.time_offset,
                               .made_at = known.made_at,
                               .signed_in = known.signed_in});
    if (!known.salts.empty()) out.put(name, known.salts);
  }
  for (auto const& [dc, addresses] : from.addresses) out.put(dc, addresses);
  if (from.updates) out.put_position(consumer, *from.updates);
  for (auto const& [channel, pts] : from.channel_pts) out.put_position(consumer, channel, pts);
  for (auto const& [id, hash] : from.access_hashes)
    out.put(stored_peer{.id = id, .access_hash = hash});
  return out;
}

}  // namespace mtp::MTP_ABI
