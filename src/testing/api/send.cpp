// SPDX-License-Identifier: MIT OR Apache-2.0
#include "dispatch.hpp"
#include "handler_table.hpp"
#include "media.hpp"
#include "peers.hpp"
#include "sending.hpp"
#include "to_received.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {

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

/// Text with its parts and keyboard, as the sender wrote them.
template <class Request>
outcome<message_content> text_of(call_context& c, Request const& q, message_content content) {
  content.text = q.message.str();
  if (q.entities) content.entities = to_received_entities(c, *q.entities);
  if constexpr (requires { q.reply_markup; }) {
    auto markup = to_received_markup(c, q.reply_markup);
    if (!markup) return failure{markup.error()};
    content.markup = std::move(*markup);
  }
  return content;
}

outcome<tl::Updates> send_message(call_context& c, tl::messages::sendMessage const& q) {
  auto out = dispatch::begin(c, said_of_sending::of(q));
  if (!out) return failure{out.error()};
  auto content = text_of(c, q, out->blank());
  if (!content) return failure{content.error()};
  if (!q.no_webpage) content->preview = preview_in(c, q.message.view());
  auto const sent = out->send(std::move(*content), q.random_id);
  if (!sent) return failure{sent.error()};
  return out->answer();
}

outcome<tl::Updates> send_media(call_context& c, tl::messages::sendMedia const& q) {
  auto out = dispatch::begin(c, said_of_sending::of(q));
  if (!out) return failure{out.error()};
  auto content = text_of(c, q, out->blank());
  if (!content) return failure{content.error()};
  auto const put = put_media(c, q.media, *content);
  if (!put) return failure{put.error()};
  auto const sent = out->send(std::move(*content), q.random_id);
  if (!sent) return failure{sent.error()};
  return out->answer();
}

/// The parts of an album go to the same place one after the other; the first refusal ends it.
outcome<tl::Updates> send_multi_media(call_context& c, tl::messages::sendMultiMedia const& q) {
  auto out = dispatch::begin(c, said_of_sending::of(q));
  if (!out) return failure{out.error()};
  if (q.multi_media.empty()) return refuse(400, "MEDIA_EMPTY");
  if (q.multi_media.size() > 10) return refuse(400, "MULTI_MEDIA_TOO_LONG");
  auto const group = c.random.make<std::int64_t>() & INT64_MAX;
  for (auto const& item : q.multi_media) {
    auto content = text_of(c, item, out->blank());
    if (!content) return failure{content.error()};
    auto const put = put_media(c, item.media, *content);
    if (!put) return failure{put.error()};
    content->grouped_id = group;
    auto const sent = out->send(std::move(*content), item.random_id);
    if (!sent) return failure{sent.error()};
  }
  return out->answer();
}

outcome<bool> set_typing(call_context& c, tl::messages::setTyping const& q) {
  auto const where = resolve_place(c, q.peer);
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
