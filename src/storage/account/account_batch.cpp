// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/account_batch.hpp>

#include "storage/account/account_codec.hpp"

#include <algorithm>
#include <set>
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
  peers_.push_back(peer);
  if (!peer.whole)
    settled_ = false;
  else
    put_record(peer);
  return *this;
}

void account_batch::put_record(stored_peer const& peer) {
  auto const names_it = detail::encode_value(peer.id);
  for (auto const& name : peer.usernames)
    records_.put(record_space::usernames, detail::encode_username(name), names_it);
  if (!peer.phone.reveal().empty())
    records_.put(record_space::phones, detail::encode_text(peer.phone.reveal()), names_it);
  put(durability::coalesced, record_space::peers, detail::encode_peer_id(peer.id),
      detail::encode_value(peer));
}

std::vector<peer_id> account_batch::unsettled() const {
  std::vector<peer_id> out;
  for (auto const& one : peers_) {
    if (!one.whole && !settled_) out.push_back(one.id);
  }
  return out;
}

void account_batch::settle(std::map<peer_id, stored_peer> known) {
  auto const added = unsettled();
  for (auto& one : peers_) {
    auto const found = known.find(one.id);
    if (found != known.end()) one = merged(found->second, std::move(one));
    known.insert_or_assign(one.id, one);
  }
  for (auto const id : std::set<peer_id>(added.begin(), added.end())) put_record(known.at(id));
  settled_ = true;
}

write_batch account_batch::take_records() {
  settle({});
  return std::move(records_);
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
  return put(durability::coalesced, record_space::update_state,
             detail::encode_account_box(consumer), detail::encode_value(at));
}

account_batch& account_batch::put_position(std::string_view consumer, std::int64_t channel,
                                           std::int32_t pts) {
  return put(durability::coalesced, record_space::update_state,
             detail::encode_channel(consumer, channel), detail::encode_value(pts));
}

account_batch& account_batch::erase_position(std::string_view consumer) {
  records_.erase(record_space::update_state, detail::encode_account_box(consumer));
  return *this;
}

account_batch& account_batch::erase_position(std::string_view consumer, std::int64_t channel) {
  records_.erase(record_space::update_state, detail::encode_channel(consumer, channel));
  return *this;
}

account_batch& account_batch::put_last_message(std::string_view consumer, std::int64_t channel,
                                               std::int32_t id) {
  return put(durability::coalesced, record_space::update_state,
             detail::encode_last_message(consumer, channel), detail::encode_value(id));
}

account_batch& account_batch::put_attempts(std::string_view consumer, std::string_view update,
                                           std::int32_t count) {
  return put(durability::coalesced, record_space::attempts,
             detail::encode_attempts(consumer, update), detail::encode_value(count));
}

account_batch& account_batch::erase_attempts(std::string_view consumer, std::string_view update) {
  records_.erase(record_space::attempts, detail::encode_attempts(consumer, update));
  return *this;
}

account_batch& account_batch::put_consumer(std::string_view name, stored_consumer const& at) {
  return put(durability::coalesced, record_space::journal, detail::encode_journal_consumer(name),
             detail::encode_value(at));
}

account_batch& account_batch::erase_consumer(std::string_view name) {
  records_.erase(record_space::journal, detail::encode_journal_consumer(name));
  return *this;
}

account_batch& account_batch::put_journal(std::uint64_t number, bytes_view content) {
  return put(durability::coalesced, record_space::journal, detail::encode_journal_update(number),
             owned(content));
}

account_batch& account_batch::erase_journal(std::uint64_t number) {
  records_.erase(record_space::journal, detail::encode_journal_update(number));
  return *this;
}

account_batch& account_batch::put_journal_end(std::uint64_t number) {
  return put(durability::coalesced, record_space::journal, detail::encode_journal_end(),
             detail::encode_value(number));
}

account_batch& account_batch::put_login_tokens(std::vector<secret<bytes>> const& all) {
  how_ = durability::at_once;
  records_.clear(record_space::login_tokens);
  for (std::size_t i = 0; i < all.size(); ++i)
    records_.put(record_space::login_tokens, detail::encode_number(i), owned(all[i].reveal()));
  return *this;
}

account_batch& account_batch::put_outgoing(std::uint64_t number, bytes_view content) {
  return put(durability::at_once, record_space::outbox, detail::encode_number(number),
             owned(content));
}

account_batch& account_batch::erase_outgoing(std::uint64_t number) {
  how_ = durability::at_once;
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
  settled_ = true;
  for (auto const space :
       {record_space::identity, record_space::login_tokens, record_space::update_state,
        record_space::attempts, record_space::peers, record_space::usernames, record_space::phones,
        record_space::journal, record_space::outbox, record_space::transfers})
    records_.clear(space);
  return *this;
}

account_batch& account_batch::at_once() {
  how_ = durability::at_once;
  return *this;
}

account_batch& account_batch::add(write_batch records) {
  how_ = durability::at_once;
  records_.append(std::move(records));
  return *this;
}

}  // namespace mtp::MTP_ABI
