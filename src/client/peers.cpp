// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/peers
#include "client/peers.hpp"

#include "client/met_peer.hpp"
#include "client/state_keeper.hpp"

#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/User.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Whom others call by their access hash, and who they are.
class collector {
 public:
  explicit collector(state_keeper& known) : known_(known) {}
  met_peers found;

  void add(met_peer const& one) {
    known_.keeps_only_hashes() ? add_hash(one.id, one.access_hash) : add_peer(one);
  }

 private:
  void add_hash(peer_id peer, std::int64_t hash) {
    if (hash != 0 && !known_.remembers(peer, hash)) found.change.access_hashes[peer] = hash;
  }
  void add_peer(met_peer const& one) {
    auto const* stored = known_.recalled(one.id);
    auto const now = known_.now();
    if (stored && is_recent(*stored, now) && one.is_in(*stored)) return;
    auto news = one.to_stored(now);
    if (one.min && !(stored && stored->access_hash != 0)) {
      found.unnamed.push_back(std::move(news));
      return;
    }
    if (!known_.knows(news)) put(std::move(news));
  }
  static bool is_recent(stored_peer const& one, std::int32_t now) {
    return now - one.learnt < seconds_until_old;
  }
  void put(stored_peer news) {
    auto& place = found.change.peers[news.id];
    place = place.id == news.id ? merged(place, std::move(news)) : std::move(news);
  }

  state_keeper& known_;
};

bool is_self(peer_id peer, session_state const& of) {
  return peer.kind == peer_kind::user && of.self && of.self->id == peer.id;
}

tl::InputPeer with_hash(peer_id peer, std::int64_t hash) {
  if (peer.kind == peer_kind::user)
    return tl::inputPeerUser{.user_id = peer.id, .access_hash = hash};
  return tl::inputPeerChannel{.channel_id = peer.id, .access_hash = hash};
}

tl::InputPeer in_message(peer_id peer, tl::InputPeer chat, std::int32_t message) {
  if (peer.kind == peer_kind::user)
    return tl::inputPeerUserFromMessage{
        .peer = std::move(chat), .msg_id = message, .user_id = peer.id};
  return tl::inputPeerChannelFromMessage{
      .peer = std::move(chat), .msg_id = message, .channel_id = peer.id};
}

/// A peer that needs nobody to vouch for it.
task<tl::InputPeer> to_plain_input(peer_id peer, state_keeper& known) {
  if (peer.kind == peer_kind::chat) co_return tl::InputPeer(tl::inputPeerChat{.chat_id = peer.id});
  if (is_self(peer, known.state())) co_return tl::InputPeer(tl::inputPeerSelf{});
  auto const hash = co_await known.access_hash(peer);
  co_return hash ? with_hash(peer, *hash) : tl::InputPeer();
}

}  // namespace

met_peers meet_peers(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats,
                     state_keeper& known) {
  collector all(known);
  for (auto const& user : users) {
    if (auto const one = met_peer_of(user)) all.add(*one);
  }
  for (auto const& chat : chats) {
    if (auto const one = met_peer_of(chat)) all.add(*one);
  }
  return std::move(all.found);
}

task<tl::InputPeer> to_input(peer_id peer, state_keeper& known) {
  auto out = co_await to_plain_input(peer, known);
  if (out) co_return out;
  auto const& self = known.state().self;
  if (self && self->bot) co_return with_hash(peer, 0);
  auto const met = co_await known.peer(peer);
  if (!met || !met->voucher) co_return out;
  auto chat = co_await to_plain_input(met->voucher->chat, known);
  if (chat) out = in_message(peer, std::move(chat), met->voucher->message);
  co_return out;
}

}  // namespace mtp::MTP_ABI::detail
