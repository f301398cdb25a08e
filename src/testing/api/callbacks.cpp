// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>
#include <chrono>

namespace mtp::MTP_ABI::testing {
namespace {

/// How long a person waits for the bot.
constexpr std::chrono::seconds bot_patience{15};

/// A message as its reader and its author know it.
struct pressed_message {
  message_copy read = {};
  message_copy written = {};
};

outcome<pressed_message> pressed_in_channel(call_context& c, channel const& where,
                                            std::int32_t id) {
  auto const read = where.copy_for(c.account, id);
  if (!read) return refuse(400, "MESSAGE_ID_INVALID");
  return pressed_message{*read, *where.copy_for(read->content->author, id)};
}

outcome<pressed_message> pressed_in_box(call_context& c, peer where, std::int32_t id) {
  auto const* read = c.box().find(id);
  if (!read || read->where != where) return refuse(400, "MESSAGE_ID_INVALID");
  auto& theirs = c.world.box(read->content->author);
  auto const* written = theirs.find(theirs.id_of(read->content->uid).value_or(0));
  if (!written) return refuse(400, "MESSAGE_ID_INVALID");
  return pressed_message{*read, *written};
}

outcome<pressed_message> find_message(call_context& c, tl::InputPeer const& named,
                                      std::int32_t id) {
  auto const channel = resolve_channel(c, named);
  if (!channel) return failure{channel.error()};
  if (*channel) return pressed_in_channel(c, **channel, id);
  auto const where = resolve(c, named);
  if (!where) return failure{where.error()};
  return pressed_in_box(c, *where, id);
}

/// Whether a message has a button that sends these bytes.
bool has_button(message_content const& content, bytes_view data) {
  if (content.markup.empty()) return false;
  auto const markup = decode_stored<tl::ReplyMarkup>(content.markup);
  auto const* rows = markup.get_if<tl::replyInlineMarkup>();
  if (!rows) return false;
  auto const sends = [&](tl::keyboardInlineButton const& button) {
    auto const* type = button.type.get_if<tl::inlineButtonTypeCallback>();
    return type && std::ranges::equal(type->data.view(), data);
  };
  return std::ranges::any_of(rows->rows, [&](tl::keyboardInlineButtonRow const& row) {
    return std::ranges::any_of(row.buttons, sends);
  });
}

void tell_bot(call_context& c, std::int64_t query, pressed_message const& message,
              tl::bytes const& data) {
  auto const bot = message.written.content->author;
  view render(c.world, bot);
  tl::updateBotCallbackQuery news;
  news.query_id = query;
  news.user_id = c.account;
  news.peer = render.peer_of(message.written.where);
  news.msg_id = message.written.id;
  news.chat_instance = c.world.everybody().access_hash(bot, message.read.where.id);
  news.data = data;
  c.world.box(bot).announce(any_update{encode_object(tl::Update(std::move(news)))}, c.now);
}

/// Answered when the bot does; until then the call waits.
outcome<tl::messages::BotCallbackAnswer> press_button(call_context& c,
                                                      tl::messages::getBotCallbackAnswer const& q) {
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  auto const message = find_message(c, q.peer, q.msg_id);
  if (!message) return failure{message.error()};
  auto const& content = *message->read.content;
  auto const* bot = c.world.everybody().find(content.author);
  if (!bot || !bot->is_bot()) return refuse(400, "MESSAGE_ID_INVALID");
  if (!q.data || !has_button(content, q.data->view())) return refuse(400, "DATA_INVALID");
  c.later.query = c.world.callbacks().ask(bot->id);
  c.later.patience = bot_patience;
  tell_bot(c, c.later.query, *message, *q.data);
  return refuse(400, "BOT_RESPONSE_TIMEOUT");
}

outcome<bool> answer_callback(call_context& c, tl::messages::setBotCallbackAnswer const& q) {
  if (!c.self().is_bot()) return refuse(400, "USER_BOT_REQUIRED");
  if (q.message && q.message->size() > 200) return refuse(400, "MESSAGE_TOO_LONG");
  tl::messages::botCallbackAnswer out;
  out.alert = q.alert;
  out.has_url = q.url.has_value();
  out.message = q.message;
  out.url = q.url;
  out.cache_time = q.cache_time;
  auto object = encode_object(tl::messages::BotCallbackAnswer(std::move(out)));
  auto const given = c.world.callbacks().give(c.account, {q.query_id, std::move(object)});
  if (!given) return failure{given.error()};
  return true;
}

}  // namespace

void add_callback_handlers(handler_table& table) {
  table.on<tl::messages::getBotCallbackAnswer>(press_button);
  table.on<tl::messages::setBotCallbackAnswer>(answer_callback);
}

}  // namespace mtp::MTP_ABI::testing
