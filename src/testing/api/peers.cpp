// SPDX-License-Identifier: MIT OR Apache-2.0
#include "peers.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// Real servers ask people for the right hash; 0 is let through unless the world is strict.
bool may_name(call_context const& c, std::int64_t user, std::int64_t hash) {
  if (!c.world.everybody().find(user)) return false;
  if (user == c.account || hash == c.world.everybody().access_hash(c.account, user)) return true;
  return hash == 0 && (c.self().is_bot() || !c.world.options().strict_access_hashes);
}

/// A user named by a message that the caller has, instead of by a hash.
outcome<> seen_in(call_context const& c, tl::InputPeer const& where, std::int32_t message,
                  std::int64_t user) {
  auto const place = resolve(c, where);
  if (!place) return failure{place.error()};
  auto const* copy = c.box().find(message);
  if (!copy || copy->where != *place) return refuse(400, "MSG_ID_INVALID");
  if (!c.world.everybody().find(user)) return refuse(400, "USER_ID_INVALID");
  return {};
}

outcome<channel*> readable(call_context const& c, std::int64_t id) {
  auto* found = c.world.all_channels().find(id);
  if (!found) return refuse(400, "CHANNEL_INVALID");
  if (!found->may_read(c.account)) return refuse(400, "CHANNEL_PRIVATE");
  return found;
}

/// Bots may give 0, as for users.
outcome<channel*> by_hash(call_context const& c, std::int64_t id, std::int64_t hash) {
  auto const right = c.world.channel_hash(c.account, id);
  bool const lenient = c.self().is_bot() || !c.world.options().strict_access_hashes;
  if (hash != right && !(hash == 0 && lenient)) return refuse(400, "CHANNEL_INVALID");
  return readable(c, id);
}

/// A channel named by a message that the caller has.
outcome<channel*> by_message(call_context const& c, tl::InputPeer const& where,
                             std::int32_t message, std::int64_t id) {
  auto const place = resolve(c, where);
  if (!place) return failure{place.error()};
  auto const* copy = c.box().find(message);
  if (!copy || copy->where != *place) return refuse(400, "MSG_ID_INVALID");
  return readable(c, id);
}

}  // namespace

outcome<channel*> resolve(call_context const& c, tl::InputChannel const& named) {
  if (auto const* plain = named.get_if<tl::inputChannel>())
    return by_hash(c, plain->channel_id, plain->access_hash);
  if (auto const* seen = named.get_if<tl::inputChannelFromMessage>())
    return by_message(c, seen->peer, seen->msg_id, seen->channel_id);
  return refuse(400, "CHANNEL_INVALID");
}

outcome<channel*> resolve_channel(call_context const& c, tl::InputPeer const& named) {
  if (auto const* plain = named.get_if<tl::inputPeerChannel>())
    return by_hash(c, plain->channel_id, plain->access_hash);
  if (auto const* seen = named.get_if<tl::inputPeerChannelFromMessage>())
    return by_message(c, seen->peer, seen->msg_id, seen->channel_id);
  return static_cast<channel*>(nullptr);
}

outcome<peer> resolve(call_context const& c, tl::InputPeer const& named) {
  if (named.get_if<tl::inputPeerSelf>()) return peer::user(c.account);
  if (auto const* user = named.get_if<tl::inputPeerUser>()) {
    if (may_name(c, user->user_id, user->access_hash)) return peer::user(user->user_id);
    return refuse(400, "PEER_ID_INVALID");
  }
  if (auto const* chat = named.get_if<tl::inputPeerChat>()) {
    auto const found = resolve_chat(c, chat->chat_id);
    if (!found) return refuse(400, "PEER_ID_INVALID");
    return peer::chat(chat->chat_id);
  }
  if (auto const* seen = named.get_if<tl::inputPeerUserFromMessage>()) {
    auto const fine = seen_in(c, seen->peer, seen->msg_id, seen->user_id);
    if (!fine) return failure{fine.error()};
    return peer::user(seen->user_id);
  }
  bool const channel =
      named.get_if<tl::inputPeerChannel>() || named.get_if<tl::inputPeerChannelFromMessage>();
  return refuse(400, channel ? "CHANNEL_INVALID" : "PEER_ID_INVALID");
}

outcome<std::int64_t> resolve(call_context const& c, tl::InputUser const& named) {
  if (named.get_if<tl::inputUserSelf>()) return c.account;
  if (auto const* user = named.get_if<tl::inputUser>()) {
    if (may_name(c, user->user_id, user->access_hash)) return user->user_id;
    return refuse(400, "USER_ID_INVALID");
  }
  if (auto const* seen = named.get_if<tl::inputUserFromMessage>()) {
    auto const fine = seen_in(c, seen->peer, seen->msg_id, seen->user_id);
    if (!fine) return failure{fine.error()};
    return seen->user_id;
  }
  return refuse(400, "USER_ID_INVALID");
}

outcome<peer> resolve_place(call_context const& c, tl::InputPeer const& named) {
  auto const in_channel = resolve_channel(c, named);
  if (!in_channel) return failure{in_channel.error()};
  if (*in_channel) return peer::channel((*in_channel)->id);
  return resolve(c, named);
}

outcome<group*> resolve_chat(call_context const& c, std::int64_t id) {
  auto* room = c.world.all_groups().find(id);
  bool const known = room && (room->has(c.account) || c.box().find_dialog(peer::chat(id)));
  if (!known) return refuse(400, "CHAT_ID_INVALID");
  return room;
}

}  // namespace mtp::MTP_ABI::testing
