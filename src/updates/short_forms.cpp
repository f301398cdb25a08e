// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates#updates-constructor
#include "updates/short_forms.hpp"

#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

template <class T>
received<tl::Update> owned(T update) {
  return received<tl::Update>::own(tl::Update(std::move(update)));
}

template <class Short>
received<tl::Update> expand(Short const& from, tl::Peer chat, tl::Peer sender) {
  tl::message out;
  out.out = from.out;
  out.mentioned = from.mentioned;
  out.media_unread = from.media_unread;
  out.silent = from.silent;
  out.id = from.id;
  out.from_id = std::move(sender);
  out.peer_id = std::move(chat);
  out.fwd_from = from.fwd_from;
  out.via_bot_id = from.via_bot_id;
  out.reply_to = from.reply_to;
  out.date = from.date;
  out.message = from.message;
  out.entities = from.entities;
  out.ttl_period = from.ttl_period;
  tl::updateNewMessage update;
  update.message = std::move(out);
  update.pts = from.pts;
  update.pts_count = from.pts_count;
  return owned(std::move(update));
}

tl::Peer user(std::int64_t id) { return tl::peerUser{.user_id = id}; }

template <class Update>
received<tl::Update> around(tl::Message const& message) {
  Update update;
  update.message = message;
  return owned(std::move(update));
}

template <class Message>
received<tl::Update> around(tl::Message const& whole, Message const& message) {
  if (message.peer_id.template holds<tl::peerChannel>())
    return around<tl::updateNewChannelMessage>(whole);
  return around<tl::updateNewMessage>(whole);
}

}  // namespace

received<tl::Update> from_short_form(tl::updateShortMessage const& from, std::int64_t self) {
  tl::Peer sender;
  if (!from.out) sender = user(from.user_id);
  if (from.out && self != 0) sender = user(self);
  return expand(from, user(from.user_id), std::move(sender));
}

received<tl::Update> from_short_form(tl::updateShortChatMessage const& from) {
  tl::Peer chat = tl::peerChat{.chat_id = from.chat_id};
  return expand(from, std::move(chat), user(from.from_id));
}

received<tl::Update> from_message(tl::Message const& message) {
  if (auto const* text = message.get_if<tl::message>()) return around(message, *text);
  if (auto const* service = message.get_if<tl::messageService>()) return around(message, *service);
  return {};
}

received<tl::Update> from_message(tl::EncryptedMessage const& message) {
  tl::updateNewEncryptedMessage update;
  update.message = message;
  return owned(std::move(update));
}

}  // namespace mtp::MTP_ABI::updates
