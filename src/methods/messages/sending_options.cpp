// SPDX-License-Identifier: MIT OR Apache-2.0
#include "methods/messages/sending_options.hpp"

#include "methods/messages/named_people.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/core/bytes.hpp>
#include <mtp/tl/types/StarsAmount.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

/// The time of a message that waits until the other is online.
constexpr std::int32_t once_online = 0x7ffffffe;

[[noreturn]] void refuse_option(char const* why) {
  throw error(make_error_code(client_errc::bad_argument), why);
}

void check_options(send_message_options const& said) {
  if (said.at && said.when_online) refuse_option("at and when_online are both set");
  if (said.repeat.count() != 0 && !said.at) refuse_option("repeat is set without at");
  if (said.reply.story && said.reply_to) refuse_option("reply_to and reply.story are both set");
  if (!said.reply.quote.empty() && !said.reply_to)
    refuse_option("reply.quote is set without reply_to");
  if (!said.link_preview && !said.preview.url.empty())
    refuse_option("preview.url is set without link_preview");
  if (said.random_id == 0) refuse_option("random_id is 0");
}

std::int32_t unix_seconds_of(std::chrono::sys_seconds at) {
  return static_cast<std::int32_t>(at.time_since_epoch().count());
}

std::optional<owned_peer> owned(std::optional<peer_ref> const& from) {
  if (!from) return {};
  return owned_peer(*from);
}

tl::inputReplyToMessage answer_to(owned_sending const& from, tl::InputPeer elsewhere) {
  auto const& said = from.said.reply;
  tl::inputReplyToMessage out;
  // What only goes into a topic answers the message that the topic began with.
  out.reply_to_msg_id = from.said.reply_to ? *from.said.reply_to : said.topic.value_or(0);
  out.top_msg_id = said.topic;
  out.reply_to_peer_id = std::move(elsewhere);
  if (!from.quote.empty()) out.quote_text = tl::string(from.quote);
  out.quote_offset = said.quote_offset;
  out.todo_item_id = said.todo_item;
  if (!from.poll_option.empty()) out.poll_option = tl::bytes(mtp::as_bytes(from.poll_option));
  return out;
}

tl::SuggestedPost suggested_of(send_message_options const& said) {
  if (!said.suggested) return {};
  tl::suggestedPost out;
  if (said.suggested->stars > 0)
    out.price = tl::starsAmount{.amount = said.suggested->stars, .nanos = 0};
  if (said.suggested->at) out.schedule_date = unix_seconds_of(*said.suggested->at);
  return out;
}

}  // namespace

owned_sending::owned_sending(send_message_options const& from)
    : said(from),
      quote(from.reply.quote),
      poll_option(from.reply.poll_option),
      preview_url(from.preview.url),
      reply_chat(owned(from.reply.chat)),
      send_as(owned(from.send_as)) {
  if (from.entities) entities = *from.entities;
  if (from.keyboard) keyboard = *from.keyboard;
}

std::optional<std::int32_t> schedule_of(send_message_options const& said) {
  if (said.when_online) return once_online;
  if (said.at) return unix_seconds_of(*said.at);
  return {};
}

task<ready_sending> make_ready(client_core& core, owned_sending from, tl::InputPeer to) {
  check_options(from.said);
  ready_sending out(std::move(from));
  tl::InputPeer elsewhere;
  if (out.from.reply_chat) elsewhere = co_await input_peer(core, std::move(*out.from.reply_chat));
  if (out.from.send_as) out.send_as = co_await input_peer(core, std::move(*out.from.send_as));
  out.from.entities = co_await with_named_people(core, std::move(out.from.entities));
  auto const& said = out.from.said;
  if (said.reply.story) {
    out.reply_to = tl::inputReplyToStory{.peer = elsewhere ? std::move(elsewhere) : std::move(to),
                                         .story_id = *said.reply.story};
  } else if (said.reply_to || said.reply.topic) {
    out.reply_to = answer_to(out.from, std::move(elsewhere));
  }
  out.suggested = suggested_of(said);
  co_return out;
}

std::int64_t random_id_of(client_core& core, std::optional<std::int64_t> named) {
  if (named) return *named;
  std::int64_t made = 0;
  while (made == 0) made = core.world().random().make<std::int64_t>();
  return made;
}

}  // namespace mtp::MTP_ABI::detail
