// SPDX-License-Identifier: MIT OR Apache-2.0
#include "events/fields.hpp"

#include <mtp/tl/types/DialogPeer.hpp>
#include <mtp/tl/types/EphemeralMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/MessageReactions.hpp>
#include <mtp/tl/types/NotifyPeer.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/ReactionCount.hpp>
#include <mtp/tl/types/Update.hpp>

#include <algorithm>
#include <type_traits>

namespace mtp::MTP_ABI::detail {
namespace {

template <class Field, class T>
constexpr bool is_field = std::is_same_v<std::remove_cvref_t<Field>, T>;

template <class U>
std::optional<peer_id> chat_named_by(U const& of) {
  if constexpr (requires { requires is_field<decltype(of.peer), tl::Peer>; })
    return to_peer_id(of.peer);
  else if constexpr (requires { requires is_field<decltype(of.peer_id), tl::Peer>; })
    return to_peer_id(of.peer_id);
  else if constexpr (requires { of.channel_id; })
    return peer_id{peer_kind::channel, of.channel_id};
  else if constexpr (requires { requires is_field<decltype(of.chat_id), std::int64_t>; })
    return peer_id{peer_kind::chat, of.chat_id};
  else
    return {};
}

std::optional<peer_id> chat_of_message(tl::Message const& of) {
  auto const* text = of.get_if<tl::message>();
  return text ? to_peer_id(text->peer_id) : std::nullopt;
}

}  // namespace

std::optional<peer_id> chat_in(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateBusinessBotCallbackQuery>())
    return chat_of_message(u->message);
  std::optional<peer_id> out;
  of.visit([&](auto const& u) { out = chat_named_by(u); });
  return out;
}

std::optional<peer_id> sender_in(tl::Update const& of) {
  if (auto const* from = of.from_id()) return to_peer_id(*from);
  if (auto const* user = of.user_id()) return peer_id{peer_kind::user, *user};
  return {};
}

std::optional<std::int32_t> message_id_in(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateBusinessBotCallbackQuery>()) {
    auto const* text = u->message.get_if<tl::message>();
    return text ? std::optional(text->id) : std::nullopt;
  }
  std::optional<std::int32_t> out;
  of.visit([&](auto const& u) {
    if constexpr (requires { requires is_field<decltype(u.msg_id), std::int32_t>; })
      out = u.msg_id;
    else if constexpr (requires { requires is_field<decltype(u.id), std::int32_t>; })
      out = u.id;
  });
  return out;
}

std::string_view callback_data(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateEphemeralBotCallbackQuery>()) return u->data;
  std::optional<tl::bytes> const* data = nullptr;
  if (auto const* u = of.get_if<tl::updateBotCallbackQuery>()) data = &u->data;
  if (auto const* u = of.get_if<tl::updateInlineBotCallbackQuery>()) data = &u->data;
  if (auto const* u = of.get_if<tl::updateBusinessBotCallbackQuery>()) data = &u->data;
  return data && *data ? std::string_view(**data) : std::string_view();
}

std::optional<peer_id> dialog_in(tl::Update const& of) {
  tl::DialogPeer const* dialog = nullptr;
  if (auto const* u = of.get_if<tl::updateDialogPinned>()) dialog = &u->peer;
  if (auto const* u = of.get_if<tl::updateSavedDialogPinned>()) dialog = &u->peer;
  if (auto const* u = of.get_if<tl::updateDialogUnreadMark>()) dialog = &u->peer;
  auto const* chat = dialog ? dialog->get_if<tl::dialogPeer>() : nullptr;
  return chat ? to_peer_id(chat->peer) : std::nullopt;
}

tl::list<tl::DialogPeer> const* pinned_order(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updatePinnedDialogs>()) return if_set(u->order);
  if (auto const* u = of.get_if<tl::updatePinnedSavedDialogs>()) return if_set(u->order);
  return nullptr;
}

std::optional<peer_id> notified_in(tl::Update const& of) {
  auto const* u = of.get_if<tl::updateNotifySettings>();
  if (!u) return {};
  if (auto const* one = u->peer.get_if<tl::notifyPeer>()) return to_peer_id(one->peer);
  if (auto const* topic = u->peer.get_if<tl::notifyForumTopic>()) return to_peer_id(topic->peer);
  return {};
}

std::optional<std::int32_t> shortcut_in(tl::Update const& of) {
  if (auto const* u = of.get_if<tl::updateNewQuickReply>()) return u->quick_reply.shortcut_id;
  return copy_of(of.shortcut_id());
}

bool is_outbox(tl::Update const& of) {
  return of.holds<tl::updateReadHistoryOutbox>() || of.holds<tl::updateReadChannelOutbox>() ||
         of.holds<tl::updateReadChannelDiscussionOutbox>() ||
         of.holds<tl::updateReadMonoForumOutbox>();
}

std::optional<message> message_of(received<tl::Message> const& raw,
                                  std::weak_ptr<client_core> const& client, std::int64_t self) {
  auto const* text = raw ? raw->get_if<tl::message>() : nullptr;
  if (!text) return {};
  return message(received<tl::message>(raw, text), client, self);
}

tl::messageService const* service_in(tl::Update const& of) {
  tl::Message const* message = nullptr;
  if (auto const* u = of.get_if<tl::updateNewMessage>()) message = &u->message;
  if (auto const* u = of.get_if<tl::updateNewChannelMessage>()) message = &u->message;
  return message ? message->get_if<tl::messageService>() : nullptr;
}

/// In a private chat the server may leave out who did it: then it is the other one, or we.
std::optional<peer_id> service_sender(tl::messageService const& of, std::int64_t self) {
  if (of.from_id) return to_peer_id(of.from_id);
  if (of.post) return {};
  if (of.out) return self ? std::optional(peer_id{peer_kind::user, self}) : std::nullopt;
  auto const other = to_peer_id(of.peer_id);
  return other && other->kind == peer_kind::user ? other : std::nullopt;
}

std::optional<std::vector<tl::Reaction>> chosen_among(tl::messageReactions const& all) {
  if (all.min) return {};
  std::vector<tl::reactionCount const*> ours;
  for (auto const& one : all.results)
    if (one.chosen_order) ours.push_back(&one);
  std::ranges::sort(ours, {}, [](auto const* one) { return *one->chosen_order; });
  std::vector<tl::Reaction> out;
  for (auto const* one : ours) out.push_back(one->reaction);
  return out;
}

}  // namespace mtp::MTP_ABI::detail
