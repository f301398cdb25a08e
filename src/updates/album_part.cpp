// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/files#albums-grouped-media
#include "updates/album_part.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI::updates {
namespace {

album_chat chat_key(tl::Peer const& peer) {
  album_chat out{.kind = static_cast<std::uint16_t>(peer.tag())};
  if (auto const* p = peer.get_if<tl::peerUser>()) out.id = p->user_id;
  if (auto const* p = peer.get_if<tl::peerChat>()) out.id = p->chat_id;
  if (auto const* p = peer.get_if<tl::peerChannel>()) out.id = p->channel_id;
  return out;
}

album_chat channel_key(std::int64_t id) { return chat_key(tl::peerChannel{.channel_id = id}); }

std::optional<album_place> place_of(tl::Message const& message) {
  if (auto const* m = message.get_if<tl::message>())
    return album_place{.chat = chat_key(m->peer_id), .message = m->id, .group = m->grouped_id};
  if (auto const* m = message.get_if<tl::messageService>())
    return album_place{.chat = chat_key(m->peer_id), .message = m->id};
  return {};
}

album_touch touch_of(tl::Message const& message) {
  auto const place = place_of(message);
  if (!place) return {};
  return {.chat = place->chat, .messages = {place->message}};
}

}  // namespace

bool is_channel(album_chat const& chat) {
  return chat.kind == static_cast<std::uint16_t>(tl::Peer::tags::peerChannel);
}

std::optional<album_place> album_place_of(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateNewMessage>()) return place_of(u->message);
  if (auto const* u = of.get_if<tl::updateNewChannelMessage>()) return place_of(u->message);
  return {};
}

album_touch album_touch_of(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateEditMessage>()) return touch_of(u->message);
  if (auto const* u = of.get_if<tl::updateEditChannelMessage>()) return touch_of(u->message);
  if (auto const* u = of.get_if<tl::updateDeleteMessages>())
    return {.messages = {u->messages.begin(), u->messages.end()}};
  if (auto const* u = of.get_if<tl::updateDeleteChannelMessages>())
    return {.chat = channel_key(u->channel_id),
            .messages = {u->messages.begin(), u->messages.end()}};
  return {};
}

}  // namespace mtp::MTP_ABI::updates
