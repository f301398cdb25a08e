// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a message is beyond its text: https://core.telegram.org/constructor/message
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/MessageFwdHeader.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/MessageReactions.hpp>
#include <mtp/tl/types/MessageReplies.hpp>
#include <mtp/tl/types/MessageReplyHeader.hpp>
#include <mtp/tl/types/Photo.hpp>
#include <mtp/tl/types/ReactionCount.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/tl/types/RestrictionReason.hpp>
#include <mtp/types/message.hpp>
#include <mtp/types/text_entities.hpp>

#include <algorithm>

namespace mtp::MTP_ABI {
namespace {

template <class T>
tl::list<T> const& list_or_none(std::optional<tl::list<T>> const& from) {
  static tl::list<T> const none;
  return from ? *from : none;
}

bool is_of_command(char c) {
  bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || c == '_';
}

/// Takes what a name may consist of from the front of `text`.
std::string_view take_name(std::string_view& text) {
  auto const end = std::ranges::find_if_not(text, is_of_command);
  auto const out = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(out.size());
  return out;
}

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

tl::messageReplyHeader const* header_of(tl::message const& raw) {
  return raw.reply_to.get_if<tl::messageReplyHeader>();
}

/// What stands in a topic names the topic where an answer names a message.
bool stands_in_topic_only(tl::messageReplyHeader const& header) {
  return header.forum_topic && !header.reply_to_top_id;
}

}  // namespace

// --- What stands in it

tl::list<tl::MessageEntity> const& message::entities() const {
  return list_or_none(raw_->entities);
}

formatted_text message::formatted() const { return to_formatted_text(text().view(), entities()); }

std::optional<bot_command> message::command() const {
  auto rest = raw_->message.view();
  if (!rest.starts_with('/')) return {};
  rest.remove_prefix(1);
  bot_command out{.name = take_name(rest)};
  if (out.name.empty()) return {};
  if (rest.starts_with('@')) {
    rest.remove_prefix(1);
    out.bot = take_name(rest);
    if (out.bot.empty()) return {};
  }
  if (!rest.empty() && !is_blank(rest.front())) return {};
  out.arguments = without_blanks(rest);
  return out;
}

tl::MessageMedia const& message::media() const { return raw_->media; }

bool message::has_media() const {
  return raw_->media && !raw_->media.holds<tl::messageMediaEmpty>();
}

tl::photo const* message::photo() const {
  auto const* const media = raw_->media.get_if<tl::messageMediaPhoto>();
  return media ? media->photo.get_if<tl::photo>() : nullptr;
}

tl::document const* message::document() const {
  auto const* const media = raw_->media.get_if<tl::messageMediaDocument>();
  return media ? media->document.get_if<tl::document>() : nullptr;
}

tl::ReplyMarkup const& message::keyboard() const { return raw_->reply_markup; }

std::optional<std::int64_t> message::album_id() const { return raw_->grouped_id; }

// --- Where it comes from

std::optional<std::int32_t> message::reply_to() const {
  auto const* const header = header_of(*raw_);
  if (!header || stands_in_topic_only(*header)) return {};
  return header->reply_to_msg_id;
}

std::optional<std::int32_t> message::topic() const {
  auto const* const header = header_of(*raw_);
  if (!header || !header->forum_topic) return {};
  return header->reply_to_top_id ? header->reply_to_top_id : header->reply_to_msg_id;
}

tl::MessageReplyHeader const& message::reply_header() const { return raw_->reply_to; }

tl::messageFwdHeader const* message::forward_header() const { return raw_->fwd_from.get(); }

std::optional<std::int64_t> message::via_bot() const { return raw_->via_bot_id; }

std::string_view message::signature() const {
  return raw_->post_author ? raw_->post_author->view() : std::string_view();
}

// --- What became of it

std::optional<std::chrono::sys_seconds> message::edited() const {
  if (!raw_->edit_date) return {};
  return std::chrono::sys_seconds(std::chrono::seconds(*raw_->edit_date));
}

std::optional<std::int32_t> message::views() const { return raw_->views; }

std::optional<std::int32_t> message::forwards() const { return raw_->forwards; }

std::optional<std::int32_t> message::replies() const {
  if (!raw_->replies) return {};
  return raw_->replies->replies;
}

tl::list<tl::reactionCount> const& message::reactions() const {
  static tl::list<tl::reactionCount> const none;
  return raw_->reactions ? raw_->reactions->results : none;
}

std::int64_t message::reaction_count() const {
  std::int64_t out = 0;
  for (auto const& each : reactions()) out += each.count;
  return out;
}

tl::list<tl::restrictionReason> const& message::restrictions() const {
  return list_or_none(raw_->restriction_reason);
}

// --- Of which kind it is

bool message::is_post() const { return raw_->post; }
bool message::mentions_us() const { return raw_->mentioned; }
bool message::is_silent() const { return raw_->silent; }
bool message::is_pinned() const { return raw_->pinned; }
bool message::is_protected() const { return raw_->noforwards; }
bool message::was_scheduled() const { return raw_->from_scheduled; }
bool message::hides_edit() const { return raw_->edit_hide; }
bool message::has_unread_content() const { return raw_->media_unread; }

}  // namespace mtp::MTP_ABI
