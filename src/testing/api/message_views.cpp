// SPDX-License-Identifier: MIT OR Apache-2.0
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
  bool const in_channel = copy.where.kind == world_peer_kind::channel;
  if (in_channel && !world_.all_channels().find(copy.where.id)->megagroup) return {};
  return peer_of(peer::user(copy.content->author));
}

std::optional<tl::MessageReplyHeader> view::reply_header(message_copy const& copy) {
  if (copy.content->reply_to_uid == 0) return {};
  auto const answered = answered_number(world_, viewer_, copy.where, copy.content->reply_to_uid);
  if (!answered) return {};  // deleted, or never seen by this account
  tl::messageReplyHeader header;
  header.reply_to_msg_id = *answered;
  return header;
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

tl::Message view::message(message_copy const& copy) {
  auto const& content = *copy.content;
  if (!content.action.empty()) return service_message(copy);
  tl::message out;
  out.out = copy.outgoing;
  out.silent = content.silent;
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
  if (!content.markup.empty()) out.reply_markup = decode_stored<tl::ReplyMarkup>(content.markup);
  if (!content.entities.empty())
    out.entities = decode_stored_list<tl::MessageEntity>(content.entities);
  for (auto const* part : {&content.media, &content.markup, &content.entities}) {
    if (!part->empty()) mention_named(*part);
  }
  if (content.edit_date != 0) out.edit_date = content.edit_date;
  if (content.grouped_id != 0) out.grouped_id = content.grouped_id;
  return out;
}

}  // namespace mtp::MTP_ABI::testing
