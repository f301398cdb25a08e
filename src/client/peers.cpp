// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/peers and /api/min
#include "client/peers.hpp"

#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/User.hpp>

namespace mtp::MTP_ABI::detail {
namespace {

/// Puts hashes into a change when they are new.
class collector {
 public:
  explicit collector(session_state const& known) : known_(known) {}
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
    auto const known = known_.access_hashes.find(peer);
    if (known == known_.access_hashes.end() || known->second != hash)
      found.access_hashes[peer] = hash;
  }

  session_state const& known_;
};

}  // namespace

session_change new_peers(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats,
                         session_state const& known) {
  collector all(known);
  for (auto const& user : users) all.add(user);
  for (auto const& chat : chats) all.add(chat);
  return std::move(all.found);
}

tl::InputPeer to_input(peer_id peer, session_state const& known) {
  if (peer.kind == peer_kind::chat) return tl::inputPeerChat{.chat_id = peer.id};
  bool const is_user = peer.kind == peer_kind::user;
  if (is_user && known.self && known.self->id == peer.id) return tl::inputPeerSelf{};
  auto const hash = known.access_hashes.find(peer);
  bool const found = hash != known.access_hashes.end();
  if (!found && !(known.self && known.self->bot)) return {};
  std::int64_t const access = found ? hash->second : 0;
  if (is_user) return tl::inputPeerUser{.user_id = peer.id, .access_hash = access};
  return tl::inputPeerChannel{.channel_id = peer.id, .access_hash = access};
}

}  // namespace mtp::MTP_ABI::detail
