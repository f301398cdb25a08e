// SPDX-License-Identifier: MIT OR Apache-2.0
#include "polls.hpp"
#include "reactions.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {

namespace {

/// The number of a message where it was answered: in the account's own history, or the channel's.
std::optional<std::int32_t> answered_number(world& all, std::int64_t viewer, peer where,
                                            std::int64_t uid) {
  if (where.kind != world_peer_kind::channel) return all.box(viewer).id_of(uid);
  for (auto const& [id, content] : all.all_channels().find(where.id)->posts) {
    if (content->uid == uid) return id;
  }
  return {};
}

}  // namespace

/// Empty for what is written in a channel's name.
std::optional<tl::Peer> view::author_of(message_copy const& copy) {
  if (copy.content->sender) return peer_of(*copy.content->sender);
  bool const in_channel = copy.where.kind == world_peer_kind::channel;
  if (in_channel && !world_.all_channels().find(copy.where.id)->megagroup) return {};
  return peer_of(peer::user(copy.content->author));
}

std::optional<tl::MessageReplyHeader> view::reply_header(message_copy const& copy) {
  auto const& content = *copy.content;
  tl::MessageReplyHeader out = tl::messageReplyHeader{};
  if (!content.answered.empty()) {
    mention_named(content.answered);
    out = decode_stored<tl::MessageReplyHeader>(content.answered);
  }
  auto* header = out.get_if<tl::messageReplyHeader>();
  if (!header || header->reply_to_peer_id) return out;  // a story, or a message elsewhere
  auto const answered = content.reply_to_uid == 0
                            ? std::nullopt
                            : answered_number(world_, viewer_, copy.where, content.reply_to_uid);
  if (!answered) return {};  // none, deleted, or never seen by this account
  header->reply_to_msg_id = *answered;
  return out;
}

tl::Message view::service_message(message_copy const& copy) {
  auto const& content = *copy.content;
  tl::messageService out;
  out.out = copy.outgoing;
  out.id = copy.id;
  if (auto author = author_of(copy)) out.from_id = std::move(*author);
  out.peer_id = peer_of(copy.where);
  if (auto header = reply_header(copy)) out.reply_to = std::move(*header);
  out.date = content.date;
  out.action = decode_stored<tl::MessageAction>(content.action);
  mention_named(content.action);
  return out;
}

tl::Message view::scheduled(scheduled_message const& waiting) {
  auto const content = std::make_shared<message_content>(waiting.message.content);
  return message(
      {.id = waiting.id, .where = waiting.message.to, .outgoing = true, .content = content});
}

tl::Message view::message(message_copy const& copy) {
  auto const& content = *copy.content;
  if (!content.action.empty()) return service_message(copy);
  tl::message out;
  out.out = copy.outgoing;
  out.silent = content.silent;
  out.noforwards = content.is_protected;
  out.invert_media = content.inverted;
  out.pinned = content.is_pinned_for(viewer_);
  out.from_scheduled = content.from_schedule;
  out.id = copy.id;
  if (auto author = author_of(copy)) out.from_id = std::move(*author);
  out.post = !out.from_id;
  out.peer_id = peer_of(copy.where);
  if (content.forwarded) {
    tl::messageFwdHeader header;
    header.from_id = peer_of(peer::user(content.forwarded->author));
    header.date = content.forwarded->date;
    out.fwd_from = std::move(header);
  }
  if (auto header = reply_header(copy)) out.reply_to = std::move(*header);
  out.date = content.date;
  out.message = tl::string(content.text);
  if (!content.media.empty()) out.media = decode_stored<tl::MessageMedia>(content.media);
  if (auto* poll = out.media.get_if<tl::messageMediaPoll>())
    *poll = poll_for(viewer_, content, std::move(*poll));
  if (content.media.empty() && !content.preview.empty())
    out.media = decode_stored<tl::MessageMedia>(content.preview);
  if (!content.markup.empty()) out.reply_markup = decode_stored<tl::ReplyMarkup>(content.markup);
  if (!content.entities.empty())
    out.entities = decode_stored_list<tl::MessageEntity>(content.entities);
  for (auto const* part : {&content.media, &content.markup, &content.entities}) {
    if (!part->empty()) mention_named(*part);
  }
  if (!content.reactions.empty() || !content.paid_reactions.empty())
    out.reactions = reactions_for(*this, viewer_, copy);
  if (content.edit_date != 0) out.edit_date = content.edit_date;
  if (content.grouped_id != 0) out.grouped_id = content.grouped_id;
  if (content.effect != 0) out.effect = content.effect;
  if (content.paid_stars != 0) out.paid_message_stars = content.paid_stars;
  return out;
}

tl::Update new_message_update(peer where, tl::Message message, std::int32_t pts) {
  if (where.kind == world_peer_kind::channel)
    return tl::updateNewChannelMessage{.message = std::move(message), .pts = pts, .pts_count = 1};
  return tl::updateNewMessage{.message = std::move(message), .pts = pts, .pts_count = 1};
}

}  // namespace mtp::MTP_ABI::testing
