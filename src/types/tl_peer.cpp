// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/peers
#include "types/tl_peer.hpp"

#include <mtp/tl/types/Peer.hpp>

namespace mtp::MTP_ABI::detail {

std::optional<peer_id> to_peer_id(tl::Peer const& peer) {
  if (auto const* p = peer.get_if<tl::peerUser>()) return peer_id{peer_kind::user, p->user_id};
  if (auto const* p = peer.get_if<tl::peerChat>()) return peer_id{peer_kind::chat, p->chat_id};
  if (auto const* p = peer.get_if<tl::peerChannel>())
    return peer_id{peer_kind::channel, p->channel_id};
  return {};
}

tl::Peer to_tl(peer_id peer) {
  switch (peer.kind) {
    case peer_kind::user: return tl::peerUser{.user_id = peer.id};
    case peer_kind::chat: return tl::peerChat{.chat_id = peer.id};
    case peer_kind::channel: return tl::peerChannel{.channel_id = peer.id};
  }
  return {};
}

}  // namespace mtp::MTP_ABI::detail
