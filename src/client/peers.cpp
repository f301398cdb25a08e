// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/peers and /api/min
#include "client/peers.hpp"

#include "client/state_keeper.hpp"

#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/User.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// Puts hashes into a change when they are new.
class collector {
 public:
  explicit collector(state_keeper& known) : known_(known) {}
  session_change found;

  void add(tl::User const& who) {
    auto const* user = who.get_if<tl::user>();
    if (user && !user->min && user->access_hash)
      add({peer_kind::user, user->id}, *user->access_hash);
  }
  void add(tl::Chat const& where) {
    if (auto const* channel = where.get_if<tl::channel>()) {
      if (!channel->min && channel->access_hash)
        add({peer_kind::channel, channel->id}, *channel->access_hash);
    } else if (auto const* closed = where.get_if<tl::channelForbidden>()) {
      add({peer_kind::channel, closed->id}, closed->access_hash);
    }
  }

 private:
  void add(peer_id peer, std::int64_t hash) {
    if (!known_.remembers(peer, hash)) found.access_hashes[peer] = hash;
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

}  // namespace

session_change new_peers(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats,
                         state_keeper& known) {
  collector all(known);
  for (auto const& user : users) all.add(user);
  for (auto const& chat : chats) all.add(chat);
  return std::move(all.found);
}

task<tl::InputPeer> to_input(peer_id peer, state_keeper& known) {
  if (peer.kind == peer_kind::chat) co_return tl::InputPeer(tl::inputPeerChat{.chat_id = peer.id});
  if (is_self(peer, known.state())) co_return tl::InputPeer(tl::inputPeerSelf{});
  auto const hash = co_await known.access_hash(peer);
  auto const& self = known.state().self;
  bool const is_bot = self && self->bot;
  co_return hash || is_bot ? with_hash(peer, hash.value_or(0)) : tl::InputPeer();
}

}  // namespace mtp::MTP_ABI::detail
