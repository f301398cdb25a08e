// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/peer_id.hpp>
#include <mtp/text/formatted_text.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/tl/string.hpp>
#include <mtp/types/send_message_options.hpp>
#include <mtp/types/text_ref.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// What somebody asks a bot by "/name@bot arguments".
///
/// Lifetime: views of the text of the message. Threads: a value.
struct bot_command {
  std::string_view name = {};
  std::string_view bot = {};  ///< empty when it names none
  std::string_view arguments = {};
};

/// A message as the server has it. Small: copies share one received block.
///
/// Lifetime: texts and references live as long as some copy of the message. Threads: as `received`;
/// what performs a request may be awaited anywhere, as a client's operations.
class MTP_API message {
 public:
  message() = default;
  /// `self` is the account that is signed in; 0 when that is not known.
  message(received<tl::message> raw, std::weak_ptr<detail::client_core> client,
          std::int64_t self = 0);

  std::int32_t id() const;
  /// The conversation it belongs to: the other person in a private chat, else the group.
  peer_id chat() const;
  /// Who wrote it; empty for the posts of a channel.
  std::optional<peer_id> sender() const;
  std::chrono::sys_seconds date() const;
  tl::string const& text() const;
  /// True when the account that is signed in wrote it.
  bool outgoing() const;

  // --- What stands in it
  /// Bold, links, mentions and so on; empty when it is plain.
  tl::list<tl::MessageEntity> const& entities() const;
  /// The text with them, to be read, cut and sent again.
  formatted_text formatted() const;
  /// The command that the text begins with, if it does. Whom it is for is not looked at.
  std::optional<bot_command> command() const;
  /// Empty without any. A preview of a link is media too.
  tl::MessageMedia const& media() const;
  bool has_media() const;
  /// The photo it shows; null when it shows none, or one that has expired.
  tl::photo const* photo() const;
  /// The file, video, sticker, voice note, ... it carries; null when it carries none.
  tl::document const* document() const;
  /// Buttons, or what it does to the keyboard; empty without any.
  tl::ReplyMarkup const& keyboard() const;
  /// Names the album that it is a part of.
  std::optional<std::int64_t> album_id() const;

  // --- Where it comes from
  /// The message it answers. The id is one of another chat when reply_header() names one. What only
  /// stands in a topic answers nothing.
  std::optional<std::int32_t> reply_to() const;
  bool is_reply() const { return reply_to().has_value(); }
  /// The topic of a forum it stands in; none in the general one.
  std::optional<std::int32_t> topic() const;
  /// Empty without any; else a message or a story.
  tl::MessageReplyHeader const& reply_header() const;
  /// Where it was forwarded from; null when it was not.
  tl::messageFwdHeader const* forward_header() const;
  bool is_forwarded() const { return forward_header() != nullptr; }
  /// The inline bot that it was written by.
  std::optional<std::int64_t> via_bot() const;
  /// How the author signed a post; empty when not.
  std::string_view signature() const;

  // --- What became of it; as of when it was received
  std::optional<std::chrono::sys_seconds> edited() const;
  /// Posts of channels have these two, and what was forwarded from one.
  std::optional<std::int32_t> views() const;
  std::optional<std::int32_t> forwards() const;
  /// How many comments or answers; none where they are not counted.
  std::optional<std::int32_t> replies() const;
  /// Each kind with its count; empty without any.
  tl::list<tl::reactionCount> const& reactions() const;
  /// Of all kinds together.
  std::int64_t reaction_count() const;
  /// Why some platforms do not show it; empty for most.
  tl::list<tl::restrictionReason> const& restrictions() const;

  // --- Of which kind it is
  bool is_private() const { return chat().kind == peer_kind::user; }
  /// A post of a channel, also where a group shows it.
  bool is_post() const;
  bool mentions_us() const;
  bool is_silent() const;
  bool is_pinned() const;
  /// May not be forwarded or saved.
  bool is_protected() const;
  bool was_scheduled() const;
  /// It was edited, and clients do not show so.
  bool hides_edit() const;
  /// A voice or round video that was not listened to, or a mention that was not read.
  bool has_unread_content() const;

  /// Everything else about it.
  received<tl::message> const& raw() const noexcept { return raw_; }

  /// Sends `text` to the same conversation, as an answer to this message.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; after the
  /// request was written the message may still appear. Errors: those of message_methods::send();
  /// client_closed also when the client is gone.
  task<message> reply(text_ref text, send_message_options options = {}) const;

 private:
  received<tl::message> raw_;
  std::weak_ptr<detail::client_core> client_;
  std::int64_t self_ = 0;
};

}  // namespace mtp::MTP_ABI
