// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/storage/session_state.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

template <class Key, class Value>
void apply_each(std::map<Key, Value>& state, std::map<Key, std::optional<Value>> const& change) {
  for (auto const& [key, value] : change) {
    if (value) {
      state.insert_or_assign(key, *value);
    } else {
      state.erase(key);
    }
  }
}

template <class Key, class Value>
void merge_each(std::map<Key, Value>& earlier, std::map<Key, Value>&& later) {
  for (auto& [key, value] : later) earlier.insert_or_assign(key, std::move(value));
}

/// A hash of its own is put on top of that of a peer.
void merge_peers(session_change& earlier, std::map<peer_id, stored_peer>&& later) {
  for (auto& [id, news] : later) {
    if (news.access_hash != 0) earlier.access_hashes.erase(id);
    auto const known = earlier.peers.find(id);
    if (known == earlier.peers.end())
      earlier.peers.emplace(id, std::move(news));
    else
      known->second = merged(known->second, std::move(news));
  }
}

}  // namespace

bool session_change::empty() const {
  return !new_account && !home_dc && dcs.empty() && !self && !updates && channel_pts.empty() &&
         last_messages.empty() && access_hashes.empty() && peers.empty() && addresses.empty() &&
         attempts.empty() && !login_tokens && consumers.empty() && !journal_end && journal.empty();
}

bool begins_box(session_state const& before, session_change const& change) {
  auto const begins = [&before](auto const& channel) {
    return channel.second && !before.channel_pts.contains(channel.first);
  };
  bool const begins_account = change.updates && *change.updates && !before.updates;
  return begins_account || std::ranges::any_of(change.channel_pts, begins);
}

void apply(session_state& state, session_change const& change) {
  if (change.new_account) {
    for (auto& [id, dc] : state.dcs) dc.signed_in = false;
    state.self.reset();
    state.updates.reset();
    state.channel_pts.clear();
    state.last_messages.clear();
    state.access_hashes.clear();
    state.attempts.clear();
    state.consumers.clear();
    state.journal_end = 0;
  }
  if (change.home_dc) state.home_dc = *change.home_dc;
  if (change.self) state.self = *change.self;
  if (change.updates) state.updates = *change.updates;
  if (change.login_tokens) state.login_tokens = *change.login_tokens;
  apply_each(state.dcs, change.dcs);
  apply_each(state.channel_pts, change.channel_pts);
  apply_each(state.attempts, change.attempts);
  for (auto const& [box, id] : change.last_messages) state.last_messages[box] = id;
  apply_each(state.consumers, change.consumers);
  if (change.journal_end) state.journal_end = *change.journal_end;
  for (auto const& [id, peer] : change.peers) {
    if (peer.access_hash != 0) state.access_hashes[id] = peer.access_hash;
  }
  for (auto const& [peer, hash] : change.access_hashes) state.access_hashes[peer] = hash;
  for (auto const& [dc, all] : change.addresses) state.addresses.insert_or_assign(dc, all);
}

void merge(session_change& earlier, session_change later) {
  if (later.new_account) {
    earlier.new_account = true;
    for (auto& [id, dc] : earlier.dcs) {
      if (dc) dc->signed_in = false;
    }
    earlier.self.reset();
    earlier.updates.reset();
    earlier.channel_pts.clear();
    earlier.last_messages.clear();
    earlier.access_hashes.clear();
    earlier.peers.clear();
    earlier.attempts.clear();
    earlier.consumers.clear();
    earlier.journal_end.reset();
    earlier.journal.clear();
  }
  earlier.begins_box = earlier.begins_box || later.begins_box;
  if (later.home_dc) earlier.home_dc = later.home_dc;
  if (later.self) earlier.self = later.self;
  if (later.journal_end) earlier.journal_end = later.journal_end;
  if (later.updates) earlier.updates = later.updates;
  if (later.login_tokens) earlier.login_tokens = std::move(later.login_tokens);
  merge_each(earlier.dcs, std::move(later.dcs));
  merge_each(earlier.channel_pts, std::move(later.channel_pts));
  merge_each(earlier.last_messages, std::move(later.last_messages));
  merge_peers(earlier, std::move(later.peers));
  merge_each(earlier.access_hashes, std::move(later.access_hashes));
  merge_each(earlier.consumers, std::move(later.consumers));
  merge_each(earlier.journal, std::move(later.journal));
  merge_each(earlier.addresses, std::move(later.addresses));
  merge_each(earlier.attempts, std::move(later.attempts));
}

}  // namespace mtp::MTP_ABI
