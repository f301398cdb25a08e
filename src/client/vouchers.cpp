// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/min
#include "client/peers.hpp"
#include "client/state_keeper.hpp"
#include "types/tl_peer.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageFwdHeader.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

#include <algorithm>
#include <optional>

namespace mtp::MTP_ABI::detail {
namespace {

bool is(tl::Peer const& one, peer_id wanted) { return to_peer_id(one) == wanted; }

bool mentions(tl::message const& in, peer_id who) {
  if (who.kind != peer_kind::user || !in.entities) return false;
  return std::ranges::any_of(*in.entities, [&](tl::MessageEntity const& one) {
    auto const* name = one.get_if<tl::messageEntityMentionName>();
    return name && name->user_id == who.id;
  });
}

bool names(tl::message const& in, peer_id who) {
  if (is(in.from_id, who) || (in.fwd_from && is(in.fwd_from->from_id, who))) return true;
  bool const is_user = who.kind == peer_kind::user;
  return (is_user && in.via_bot_id == who.id) || mentions(in, who);
}

bool names(tl::messageService const& in, peer_id who) { return is(in.from_id, who); }

template <class Message>
session_change vouched(std::vector<stored_peer> const& unnamed, Message const& by,
                       state_keeper& known) {
  session_change out;
  auto const chat = to_peer_id(by.peer_id);
  if (!chat) return out;
  for (auto const& one : unnamed) {
    if (!names(by, one.id)) continue;
    auto news = one;
    news.voucher = peer_voucher{.chat = *chat, .message = by.id};
    if (!known.knows(news)) out.peers.insert_or_assign(news.id, std::move(news));
  }
  return out;
}

}  // namespace

session_change vouch_for(std::vector<stored_peer> const& unnamed, tl::Message const& by,
                         state_keeper& known) {
  if (auto const* text = by.get_if<tl::message>()) return vouched(unnamed, *text, known);
  if (auto const* service = by.get_if<tl::messageService>())
    return vouched(unnamed, *service, known);
  return {};
}

tl::Message const* message_of(tl::Update const& update) {
  if (auto const* one = update.get_if<tl::updateNewMessage>()) return &one->message;
  if (auto const* one = update.get_if<tl::updateNewChannelMessage>()) return &one->message;
  if (auto const* one = update.get_if<tl::updateEditMessage>()) return &one->message;
  if (auto const* one = update.get_if<tl::updateEditChannelMessage>()) return &one->message;
  return nullptr;
}

}  // namespace mtp::MTP_ABI::detail
