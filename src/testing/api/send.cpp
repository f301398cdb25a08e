// SPDX-License-Identifier: MIT OR Apache-2.0
#include "channel_history.hpp"
#include "handler_table.hpp"
#include "media.hpp"
#include "peers.hpp"
#include "sending.hpp"
#include "to_received.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {

std::int32_t answered_by(tl::InputReplyTo const& reply) {
  if (!reply) return 0;
  auto const* message = reply.get_if<tl::inputReplyToMessage>();
  return message ? message->reply_to_msg_id : 0;
}

namespace {

/// The ids of messages, then the messages: what their author gets.
std::vector<tl::Update> updates_for_author(call_context& c, view& render,
                                           std::vector<std::int64_t> const& random_ids,
                                           std::vector<sent_message> const& sent) {
  std::vector<tl::Update> changes;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (random_ids[i] != 0)
      changes.push_back(tl::updateMessageID{.id = sent[i].id, .random_id = random_ids[i]});
  }
  for (auto const& one : sent) {
    auto const* copy = c.box().find(one.id);
    if (!copy) continue;  // repeated, and deleted in between
    changes.push_back(
        tl::updateNewMessage{.message = render.message(*copy), .pts = one.pts, .pts_count = 1});
  }
  return changes;
}

}  // namespace

tl::Updates sent_updates(call_context& c, std::vector<std::int64_t> const& random_ids,
                         std::vector<sent_message> const& sent) {
  view render(c.world, c.account);
  auto changes = updates_for_author(c, render, random_ids, sent);
  return render.updates(std::move(changes), c.now);
}

outcome<sent_message> send_action(call_context& c, std::int64_t chat,
                                  tl::MessageAction const& action) {
  outgoing_message out{.to = peer::chat(chat)};
  out.content.author = c.account;
  out.content.action = encode_object(action);
  return c.world.send(std::move(out), c.now);
}

/// TDLib wants a random id for these messages too, which nobody chose.
tl::Updates sent_action(call_context& c, std::int64_t chat, sent_message const& sent) {
  view render(c.world, c.account);
  auto changes = updates_for_author(c, render, {c.random.make<std::int64_t>() | 1}, {sent});
  tl::updateChatParticipants members;
  members.participants = render.participants(*c.world.all_groups().find(chat));
  changes.insert(changes.begin() + 1, std::move(members));
  return render.updates(std::move(changes), c.now);
}

outcome<tl::Updates> announce_in_chat(call_context& c, std::int64_t chat,
                                      tl::MessageAction const& action) {
  auto const sent = send_action(c, chat, action);
  if (!sent) return failure{sent.error()};
  return sent_action(c, chat, *sent);
}

namespace {

/// Where a message goes: into a channel too.
outcome<peer> destination_of(call_context& c, tl::InputPeer const& named) {
  auto const in_channel = resolve_channel(c, named);
  if (!in_channel) return failure{in_channel.error()};
  if (*in_channel) return peer::channel((*in_channel)->id);
  return resolve(c, named);
}

/// What messages.sendMessage and sendMedia have in common.
template <class Request>
outcome<outgoing_message> envelope_of(call_context& c, Request const& q) {
  auto const to = destination_of(c, q.peer);
  if (!to) return failure{to.error()};
  if (q.schedule_date) return refuse(400, "SCHEDULE_DATE_INVALID");
  outgoing_message out{.to = *to, .reply_to = answered_by(q.reply_to), .random_id = q.random_id};
  out.content.author = c.account;
  out.content.silent = q.silent;
  out.content.text = q.message.str();
  if (q.entities) out.content.entities = to_received_entities(c, *q.entities);
  auto markup = to_received_markup(c, q.reply_markup);
  if (!markup) return failure{markup.error()};
  out.content.markup = std::move(*markup);
  return out;
}

outcome<tl::Updates> deliver(call_context& c, outgoing_message message) {
  auto const random_id = message.random_id;
  auto const to = message.to;
  auto const sent = c.world.send(std::move(message), c.now);
  if (!sent) return failure{sent.error()};
  if (to.kind != world_peer_kind::channel) return sent_updates(c, {random_id}, {*sent});
  return posted_updates(c, *c.world.all_channels().find(to.id), random_id, *sent);
}

outcome<tl::Updates> send_message(call_context& c, tl::messages::sendMessage const& q) {
  auto message = envelope_of(c, q);
  if (!message) return failure{message.error()};
  return deliver(c, std::move(*message));
}

outcome<tl::Updates> send_media(call_context& c, tl::messages::sendMedia const& q) {
  auto message = envelope_of(c, q);
  if (!message) return failure{message.error()};
  auto media = make_media(c, q.media);
  if (!media) return failure{media.error()};
  message->content.media = encode_object(*media);
  return deliver(c, std::move(*message));
}

/// The parts of an album go to the same place one after the other; the first refusal ends it.
outcome<tl::Updates> send_multi_media(call_context& c, tl::messages::sendMultiMedia const& q) {
  auto const to = resolve(c, q.peer);
  if (!to) return failure{to.error()};
  if (q.multi_media.empty()) return refuse(400, "MEDIA_EMPTY");
  if (q.multi_media.size() > 10) return refuse(400, "MULTI_MEDIA_TOO_LONG");
  auto const group = c.random.make<std::int64_t>() & INT64_MAX;
  std::vector<std::int64_t> random_ids;
  std::vector<sent_message> all;
  for (auto const& item : q.multi_media) {
    auto media = make_media(c, item.media);
    if (!media) return failure{media.error()};
    outgoing_message one{
        .to = *to, .reply_to = answered_by(q.reply_to), .random_id = item.random_id};
    one.content.author = c.account;
    one.content.silent = q.silent;
    one.content.text = item.message.str();
    if (item.entities) one.content.entities = to_received_entities(c, *item.entities);
    one.content.media = encode_object(*media);
    one.content.grouped_id = group;
    auto const sent = c.world.send(std::move(one), c.now);
    if (!sent) return failure{sent.error()};
    random_ids.push_back(item.random_id);
    all.push_back(*sent);
  }
  return sent_updates(c, random_ids, all);
}

outcome<bool> set_typing(call_context& c, tl::messages::setTyping const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  auto const fine = c.world.may_write(c.account, *where);
  if (!fine) return failure{fine.error()};
  c.world.act(c.account, *where, encode_object(q.action), c.now);
  return true;
}

}  // namespace

void add_send_handlers(handler_table& table) {
  table.on<tl::messages::sendMessage>(send_message);
  table.on<tl::messages::sendMedia>(send_media);
  table.on<tl::messages::sendMultiMedia>(send_multi_media);
  table.on<tl::messages::setTyping>(set_typing);
}

}  // namespace mtp::MTP_ABI::testing
