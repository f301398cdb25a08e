// SPDX-License-Identifier: MIT OR Apache-2.0
#include "dispatch.hpp"

#include "media.hpp"
#include "peers.hpp"
#include "to_received.hpp"
#include "views.hpp"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

std::int64_t page_id(std::string_view url) {
  return static_cast<std::int64_t>(std::hash<std::string_view>{}(url) >> 1);
}

std::int64_t uid_of(call_context& c, peer where, std::int32_t id) {
  auto const copy = c.world.find_message(c.account, where, id);
  return copy ? copy->content->uid : 0;
}

outcome<> put_preview(call_context& c, tl::inputMediaWebPage const& q, message_content& into) {
  auto page = preview_of(c, q.url.view());
  if (!page && !q.optional) return refuse(400, "WEBPAGE_NOT_FOUND");
  if (!page) return {};
  page->force_large_media = q.force_large_media;
  page->force_small_media = q.force_small_media;
  page->manual = true;
  into.preview = encode_object(tl::MessageMedia(std::move(*page)));
  return {};
}

}  // namespace

std::optional<tl::messageMediaWebPage> preview_of(call_context const& c, std::string_view url) {
  auto const at = c.world.options().pages.find(std::string(url));
  if (at == c.world.options().pages.end()) return {};
  tl::webPage page;
  page.id = page_id(url);
  page.url = tl::string(url);
  page.display_url = tl::string(url);
  page.title = tl::string(at->second.title);
  page.description = tl::string(at->second.description);
  tl::messageMediaWebPage out;
  out.webpage = std::move(page);
  return out;
}

bytes preview_in(call_context const& c, std::string_view text) {
  for (auto const& [url, page] : c.world.options().pages) {
    if (text.find(url) == std::string_view::npos) continue;
    return encode_object(tl::MessageMedia(*preview_of(c, url)));
  }
  return {};
}

outcome<> put_media(call_context& c, tl::InputMedia const& media, message_content& into) {
  if (auto const* page = media.get_if<tl::inputMediaWebPage>()) return put_preview(c, *page, into);
  auto made = make_media(c, media);
  if (!made) return failure{made.error()};
  into.media = encode_object(*made);
  return {};
}

dispatch::dispatch(call_context& c, said_of_sending said, peer to)
    : c_(&c), said_(std::move(said)) {
  common_.to = to;
}

outcome<dispatch> dispatch::begin(call_context& c, said_of_sending said) {
  auto const to = resolve_place(c, said.peer);
  if (!to) return failure{to.error()};
  dispatch out(c, std::move(said), *to);
  for (auto const step : {&dispatch::read_options, &dispatch::read_reply, &dispatch::read_sender,
                          &dispatch::read_price}) {
    auto const fine = (out.*step)();
    if (!fine) return failure{fine.error()};
  }
  return out;
}

outcome<> dispatch::read_options() {
  auto& content = common_.content;
  content.author = c_->account;
  content.silent = said_.silent;
  content.is_protected = said_.noforwards;
  content.inverted = said_.invert_media;
  content.effect = said_.effect.value_or(0);
  if (said_.clear_draft) c_->world.drafts_of(c_->account).erase(common_.to);
  bool const shows_effects = common_.to.kind == world_peer_kind::user;
  if (content.effect != 0 && !shows_effects) return refuse(400, "EFFECT_ID_INVALID");
  return {};
}

outcome<> dispatch::quote(tl::inputReplyToMessage const& from, message_content const& answered,
                          tl::messageReplyHeader& header) const {
  if (!from.quote_text) return {};
  if (answered.text.find(from.quote_text->view()) == std::string::npos)
    return refuse(400, "QUOTE_TEXT_INVALID");
  header.quote = true;
  header.quote_text = from.quote_text;
  header.quote_offset = from.quote_offset;
  if (!from.quote_entities) return {};
  auto const entities = to_received_entities(*c_, *from.quote_entities);
  if (!entities.empty()) header.quote_entities = decode_stored_list<tl::MessageEntity>(entities);
  return {};
}

outcome<> dispatch::read_reply() {
  if (auto const* story = said_.reply_to.get_if<tl::inputReplyToStory>()) {
    auto const whose = resolve_place(*c_, story->peer);
    if (!whose) return failure{whose.error()};
    if (story->story_id <= 0) return refuse(400, "STORY_ID_INVALID");
    view render(c_->world, c_->account);
    common_.content.answered = encode_object(tl::MessageReplyHeader(
        tl::messageReplyStoryHeader{.peer = render.peer_of(*whose), .story_id = story->story_id}));
    return {};
  }
  auto const* message = said_.reply_to.get_if<tl::inputReplyToMessage>();
  if (!message) return {};
  bool const elsewhere = static_cast<bool>(message->reply_to_peer_id);
  auto where = elsewhere ? resolve_place(*c_, message->reply_to_peer_id) : common_.to;
  if (!where) return failure{where.error()};
  auto const answered = c_->world.find_message(c_->account, *where, message->reply_to_msg_id);
  if (!answered) {
    if (elsewhere) return refuse(400, "REPLY_MESSAGE_ID_INVALID");
    return {};  // sent, as an answer to nothing
  }
  tl::messageReplyHeader header;
  auto const quoted = quote(*message, *answered->content, header);
  if (!quoted) return failure{quoted.error()};
  header.reply_to_top_id = message->top_msg_id;
  header.forum_topic = message->top_msg_id.has_value();
  header.todo_item_id = message->todo_item_id;
  header.poll_option = message->poll_option;
  if (elsewhere && *where != common_.to) {
    view render(c_->world, c_->account);
    header.reply_to_peer_id = render.peer_of(*where);
    header.reply_to_msg_id = message->reply_to_msg_id;
  } else {
    common_.reply_to = message->reply_to_msg_id;
    common_.content.reply_to_uid = uid_of(*c_, *where, message->reply_to_msg_id);
  }
  common_.content.answered = encode_object(tl::MessageReplyHeader(std::move(header)));
  return {};
}

/// One writes as oneself, or as a channel of one's own.
outcome<> dispatch::read_sender() {
  if (!said_.send_as) return {};
  auto const as = resolve_place(*c_, said_.send_as);
  if (!as) return refuse(400, "SEND_AS_PEER_INVALID");
  if (*as == peer::user(c_->account)) return {};
  auto const* own =
      as->kind == world_peer_kind::channel ? c_->world.all_channels().find(as->id) : nullptr;
  bool const may = own && own->creator == c_->account && common_.to.kind != world_peer_kind::user;
  if (!may) return refuse(400, "SEND_AS_PEER_INVALID");
  common_.content.sender = *as;
  return {};
}

outcome<> dispatch::read_price() {
  auto const* who = common_.to.kind == world_peer_kind::user
                        ? c_->world.everybody().find(common_.to.id)
                        : nullptr;
  auto const price = who && !who->contacts.contains(c_->account) ? who->message_price : 0;
  if (price > said_.allow_paid_stars.value_or(0))
    return refuse(403, fmt::format("ALLOW_PAYMENT_REQUIRED_{}", price));
  common_.content.paid_stars = price;
  return {};
}

outcome<> dispatch::send(message_content content, std::int64_t random_id) {
  auto one = common_;
  one.content = std::move(content);
  one.random_id = random_id;
  if (said_.schedule_date) {
    auto may = c_->world.may_write(c_->account, one.to);
    if (!may) return may;
    auto const id = c_->world.later().add(std::move(one), *said_.schedule_date, c_->now);
    if (!id) return failure{id.error()};
    sent_.push_back({random_id, {.id = *id}});
    return {};
  }
  auto const done = c_->world.send(std::move(one), c_->now);
  if (!done) return failure{done.error()};
  sent_.push_back({random_id, *done});
  return {};
}

tl::Updates dispatch::answer() const {
  view render(c_->world, c_->account);
  std::vector<tl::Update> changes;
  for (auto const& one : sent_) {
    if (one.random_id != 0)
      changes.push_back(tl::updateMessageID{.id = one.what.id, .random_id = one.random_id});
  }
  for (auto const& one : sent_) {
    if (said_.schedule_date) {
      auto const* waits = c_->world.later().find(c_->account, common_.to, one.what.id);
      changes.push_back(tl::updateNewScheduledMessage{.message = render.scheduled(*waits)});
      continue;
    }
    auto const copy = c_->world.find_message(c_->account, common_.to, one.what.id);
    if (!copy) continue;  // repeated, and deleted in between
    changes.push_back(new_message_update(common_.to, render.message(*copy), one.what.pts));
  }
  return render.updates(std::move(changes), c_->now);
}

}  // namespace mtp::MTP_ABI::testing
