// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/type/MessageAction
#include <mtp/events/service_message.hpp>

#include "events/fields.hpp"
#include "events/service_kind.hpp"

#include <mtp/tl/types/InputGroupCall.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageAction.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/PaymentCharge.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/PhoneCallDiscardReason.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/tl/types/RequestedPeer.hpp>

#include <algorithm>

namespace mtp::MTP_ABI {
namespace {

tl::messageService const& service(received<tl::Update> const& raw) {
  return *detail::service_in(*raw);
}

/// Comes from those who join.
bool is_own_join(service_kind kind) {
  return kind == service_kind::joined_by_link || kind == service_kind::joined_by_request ||
         kind == service_kind::joined_by_community;
}

std::string_view view_of(tl::string const* text) {
  return text ? text->view() : std::string_view();
}

std::optional<std::chrono::seconds> to_seconds(std::int32_t const* count) {
  return count ? std::optional(std::chrono::seconds(*count)) : std::nullopt;
}

std::optional<std::chrono::sys_seconds> date_of(std::int32_t const* date) {
  return date ? std::optional(detail::to_date(*date)) : std::nullopt;
}

std::int64_t id_of(tl::InputGroupCall const& call) {
  auto const* known = call.get_if<tl::inputGroupCall>();
  return known ? known->id : 0;
}

service_call call_of(tl::messageActionPhoneCall const& of) {
  service_call out{.id = of.call_id, .video = of.video};
  out.missed = of.reason.holds<tl::phoneCallDiscardReasonMissed>();
  return out;
}

service_call call_of(tl::messageActionConferenceCall const& of) {
  return {.id = of.call_id, .video = of.video, .missed = of.missed, .goes_on = of.active};
}

peer_id shared_peer(tl::RequestedPeer const& of) {
  if (auto const* chat = of.get_if<tl::requestedPeerChat>())
    return {peer_kind::chat, chat->chat_id};
  if (auto const* channel = of.get_if<tl::requestedPeerChannel>())
    return {peer_kind::channel, channel->channel_id};
  auto const* user = of.get_if<tl::requestedPeerUser>();
  return {peer_kind::user, user ? user->user_id : 0};
}

std::optional<service_call> call_in(tl::MessageAction const& action) {
  if (auto const* one = action.get_if<tl::messageActionPhoneCall>()) return call_of(*one);
  if (auto const* one = action.get_if<tl::messageActionConferenceCall>()) return call_of(*one);
  auto const* group = action.call();
  if (!group) return {};
  service_call out{.id = id_of(*group)};
  out.begins = date_of(action.schedule_date());
  out.goes_on = !out.begins && !action.duration();
  return out;
}

}  // namespace

std::int32_t service_message::id() const { return service(raw()).id; }

peer_id service_message::chat() const {
  return detail::to_peer_id(service(raw()).peer_id).value_or(peer_id{});
}

std::optional<peer_id> service_message::sender() const {
  return detail::service_sender(service(raw()), self_);
}

std::chrono::sys_seconds service_message::date() const {
  return detail::to_date(service(raw()).date);
}

bool service_message::outgoing() const { return service(raw()).out; }

service_kind service_message::kind() const { return detail::kind_of(action()); }

tl::MessageAction const& service_message::action() const { return service(raw()).action; }

// --- Who

std::vector<std::int64_t> service_message::joined() const {
  if (kind() == service_kind::members_added) return users();
  auto const who = sender();
  if (is_own_join(kind()) && who && who->kind == peer_kind::user) return {who->id};
  return {};
}

std::optional<std::int64_t> service_message::left() const {
  auto const* gone = action().get_if<tl::messageActionChatDeleteUser>();
  return gone ? std::optional(gone->user_id) : std::nullopt;
}

std::vector<member_key> service_message::keys() const {
  std::vector<member_key> out;
  for (auto const user : joined()) out.push_back({chat(), user, true});
  if (auto const user = left()) out.push_back({chat(), *user, false});
  return out;
}

/// Who comes back by themselves is "added" by themselves.
std::optional<std::int64_t> service_message::inviter() const {
  if (auto const* link = action().get_if<tl::messageActionChatJoinedByLink>())
    return link->inviter_id;
  auto const who = sender();
  if (kind() != service_kind::members_added || !who || who->kind != peer_kind::user) return {};
  auto const added = users();
  if (std::ranges::count(added, who->id) != 0) return {};
  return who->id;
}

std::vector<std::int64_t> service_message::users() const {
  auto const* all = action().users();
  if (!all) return {};
  return {all->begin(), all->end()};
}

std::optional<std::int64_t> service_message::new_owner() const {
  return detail::copy_of(action().new_creator_id());
}

// --- The chat

std::string_view service_message::title() const { return view_of(action().title()); }

tl::photo const* service_message::photo() const {
  auto const* one = action().photo();
  return one ? one->get_if<tl::photo>() : nullptr;
}

std::optional<peer_id> service_message::migrated_to() const {
  auto const* to = action().get_if<tl::messageActionChatMigrateTo>();
  return to ? std::optional(peer_id{peer_kind::channel, to->channel_id}) : std::nullopt;
}

std::optional<peer_id> service_message::migrated_from() const {
  auto const* from = action().get_if<tl::messageActionChannelMigrateFrom>();
  return from ? std::optional(peer_id{peer_kind::chat, from->chat_id}) : std::nullopt;
}

std::optional<std::chrono::seconds> service_message::lifetime() const {
  auto const* set = action().get_if<tl::messageActionSetMessagesTTL>();
  return set ? to_seconds(&set->period) : std::nullopt;
}

std::optional<std::int32_t> service_message::boosts() const {
  auto const* given = action().get_if<tl::messageActionBoostApply>();
  return given ? std::optional(given->boosts) : std::nullopt;
}

std::optional<service_topic> service_message::topic() const {
  auto const* made = action().get_if<tl::messageActionTopicCreate>();
  auto const* changed = action().get_if<tl::messageActionTopicEdit>();
  if (!made && !changed) return {};
  service_topic out;
  if (auto const* text = action().title()) out.title = text->view();
  out.icon = detail::copy_of(action().icon_emoji_id());
  if (made) out.colour = made->icon_color;
  if (changed) out.closed = changed->closed;
  if (changed) out.hidden = changed->hidden;
  return out;
}

// --- The message it is about

std::optional<std::int32_t> service_message::about() const {
  auto const* header = service(raw()).reply_to.get_if<tl::messageReplyHeader>();
  if (!header || header->reply_to_peer_id) return {};
  return header->reply_to_msg_id;
}

// --- Calls, money, what bots get

std::optional<service_call> service_message::call() const {
  auto out = call_in(action());
  if (out) out->duration = to_seconds(action().duration());
  return out;
}

std::optional<service_payment> service_message::payment() const {
  auto const* currency = action().currency();
  auto const* amount = action().total_amount();
  if (!amount) amount = action().amount();
  if (!currency || !amount) return {};
  service_payment out{.currency = *currency, .amount = *amount};
  if (auto const* payload = action().payload()) out.payload = *payload;
  if (auto const* charge = action().charge()) {
    out.charge = charge->id;
    out.provider_charge = charge->provider_charge_id;
  }
  out.recurring = action().recurring_init() || action().recurring_used();
  out.subscribed_until = date_of(action().subscription_until_date());
  return out;
}

std::optional<std::int64_t> service_message::stars() const {
  std::optional<std::int64_t> out;
  if (!action()) return out;
  action().visit([&](auto const& one) {
    if constexpr (requires { out = one.stars; }) out = one.stars;
  });
  return out;
}

std::optional<service_score> service_message::score() const {
  auto const* played = action().get_if<tl::messageActionGameScore>();
  if (!played) return {};
  return service_score{.game = played->game_id, .points = played->score};
}

std::optional<shared_peers> service_message::shared() const {
  auto const* button = action().button_id();
  if (!button) return {};
  shared_peers out{.button = *button};
  if (auto const* all = action().get_if<tl::messageActionRequestedPeer>())
    for (auto const& one : all->peers)
      if (auto const peer = detail::to_peer_id(one)) out.peers.push_back(*peer);
  if (auto const* all = action().get_if<tl::messageActionRequestedPeerSentMe>())
    for (auto const& one : all->peers) out.peers.push_back(shared_peer(one));
  return out;
}

std::string_view service_message::text() const {
  if (auto const* custom = action().get_if<tl::messageActionCustomAction>())
    return custom->message.view();
  return view_of(action().text());
}

std::string_view service_message::data() const {
  auto const* sent = action().get_if<tl::messageActionWebViewDataSentMe>();
  return sent ? sent->data.view() : std::string_view();
}

}  // namespace mtp::MTP_ABI
