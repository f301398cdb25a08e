// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A session as the records of an account, both ways.
#include "storage/account/session_batch.hpp"

#include <mtp/storage/account_store.hpp>

#include <map>
#include <string>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

void put_dc(account_batch& out, std::int32_t dc, stored_dc const& known) {
  key_name const name{.dc = dc};
  if (known.auth_key.reveal().empty()) return;
  out.put(name, stored_key{.key = known.auth_key,
                           .time_offset = known.time_offset,
                           .made_at = known.made_at,
                           .signed_in = known.signed_in});
  out.put(name, known.salts);
}

void put_who(account_batch& out, session_state const& of) {
  out.put(stored_identity{.home_dc = of.home_dc, .self = of.self});
}

void put_hashes(account_batch& out, std::map<peer_id, std::int64_t> const& hashes) {
  for (auto const& [id, hash] : hashes) out.put(stored_peer{.id = id, .access_hash = hash});
}

/// The keys stay, and so do the tokens, which belong to the number and not to the login.
void forget(account_batch& out, session_state const& after) {
  out.forget_account();
  for (auto const& [dc, known] : after.dcs) put_dc(out, dc, known);
  out.put_login_tokens(after.login_tokens);
}

void put_dcs(account_batch& out, session_change const& change) {
  for (auto const& [dc, known] : change.dcs) {
    if (known) {
      put_dc(out, dc, *known);
    } else {
      out.erase(key_name{.dc = dc});
    }
  }
}

void put_positions(account_batch& out, session_change const& change, std::string_view consumer) {
  if (change.updates && *change.updates) out.put_position(consumer, **change.updates);
  if (change.updates && !*change.updates) out.erase_position(consumer);
  for (auto const& [channel, pts] : change.channel_pts) {
    if (pts) {
      out.put_position(consumer, channel, *pts);
    } else {
      out.erase_position(consumer, channel);
    }
  }
  for (auto const& [box, id] : change.last_messages) out.put_last_message(consumer, box, id);
}

void put_attempts(account_batch& out, session_change const& change, std::string_view consumer) {
  for (auto const& [update, count] : change.attempts) {
    if (count) {
      out.put_attempts(consumer, update, *count);
    } else {
      out.erase_attempts(consumer, update);
    }
  }
}

void put_journal(account_batch& out, session_change const& change) {
  for (auto const& [name, at] : change.consumers) {
    at ? out.put_consumer(name, *at) : out.erase_consumer(name);
  }
  for (auto const& [number, content] : change.journal) {
    content ? out.put_journal(number, *content) : out.erase_journal(number);
  }
  if (change.journal_end) out.put_journal_end(*change.journal_end);
}

stored_dc to_dc(stored_key const& key) {
  return {.auth_key = key.key,
          .time_offset = key.time_offset,
          .made_at = key.made_at,
          .signed_in = key.signed_in};
}

task<std::map<int, stored_dc>> read_dcs(account_store& from) {
  std::map<int, stored_dc> out;
  auto const keys = co_await from.keys();
  for (auto const& [name, key] : keys) {
    bool const is_main = name == key_name{.dc = name.dc};
    if (!is_main) continue;
    auto& dc = out[name.dc];
    dc = to_dc(key);
    dc.salts = co_await from.salts(name);
  }
  co_return out;
}

task<session_state> read_session(account_store& from, std::string consumer) {
  session_state out;
  auto const who = co_await from.identity();
  out.home_dc = who.home_dc;
  out.self = who.self;
  out.dcs = co_await read_dcs(from);
  out.addresses = co_await from.addresses();
  out.login_tokens = co_await from.login_tokens();
  out.updates = co_await from.position(consumer);
  out.channel_pts = co_await from.channel_positions(consumer);
  out.last_messages = co_await from.last_messages(consumer);
  out.attempts = co_await from.attempts(consumer);
  out.consumers = co_await from.consumers();
  out.journal_end = co_await from.journal_end();
  co_return out;
}

}  // namespace

account_batch detail::to_batch(session_change const& change, session_state const& after,
                               std::string_view consumer) {
  account_batch out;
  if (change.new_account) forget(out, after);
  if (change.new_account || change.home_dc || change.self) put_who(out, after);
  put_dcs(out, change);
  for (auto const& [dc, addresses] : change.addresses) out.put(dc, addresses);
  put_positions(out, change, consumer);
  if (change.begins_box) out.at_once();
  put_attempts(out, change, consumer);
  put_journal(out, change);
  for (auto const& [id, peer] : change.peers) out.put(peer);
  put_hashes(out, change.access_hashes);
  if (change.login_tokens) out.put_login_tokens(*change.login_tokens);
  return out;
}

account_batch import_session(session_state const& from, std::string_view consumer) {
  account_batch out;
  put_who(out, from);
  for (auto const& [dc, known] : from.dcs) put_dc(out, dc, known);
  for (auto const& [dc, addresses] : from.addresses) out.put(dc, addresses);
  if (from.updates) out.put_position(consumer, *from.updates);
  for (auto const& [channel, pts] : from.channel_pts) out.put_position(consumer, channel, pts);
  for (auto const& [box, id] : from.last_messages) out.put_last_message(consumer, box, id);
  for (auto const& [update, count] : from.attempts) out.put_attempts(consumer, update, count);
  for (auto const& [name, at] : from.consumers) out.put_consumer(name, at);
  if (from.journal_end) out.put_journal_end(from.journal_end);
  put_hashes(out, from.access_hashes);
  if (!from.login_tokens.empty()) out.put_login_tokens(from.login_tokens);
  return out;
}

task<session_state> export_session(account_store& from, std::string consumer) {
  return read_session(from, std::move(consumer));
}

}  // namespace mtp::MTP_ABI
