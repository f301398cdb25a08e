// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What people ask a bot, and what answers it.
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/events/event_base.hpp>
#include <mtp/types/answer_options.hpp>
#include <mtp/types/message.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

/// Somebody pressed a button of one of our bot's messages, also one that was sent inline, for a
/// business or to one member only.
///
/// Threads: as received.
class MTP_API callback_query : public event_base {
 public:
  static constexpr event_tag tag = event_tag::callback_query;

  /// `from` must be of that tag.
  explicit callback_query(update const& from) : event_base(from, tag) {}

  /// What answers name it by.
  std::int64_t id() const;
  /// Who pressed.
  peer_id sender() const;
  /// Where; empty for a message that was sent inline, whose chat a bot is not told.
  std::optional<peer_id> chat() const;
  /// The message with the button; empty for one that was sent inline.
  std::optional<std::int32_t> message_id() const;
  /// The message with the button when it was sent inline, else null.
  tl::InputBotInlineMessageID const* inline_message_id() const;
  /// What the button carries, bytes of the bot's own; empty for the button of a game.
  std::string_view data() const;
  /// The short name of the game whose button it is, else empty.
  std::string_view game() const;
  /// Names the chat for high scores, also where chat() is empty; 0 when the server says none.
  std::int64_t chat_instance() const;
  /// The connection through which a business's customer pressed, else empty.
  std::string_view business_connection() const;
  /// Ends the wait of the one who pressed, with `text` shown to them if it is not empty.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; the answer may
  /// arrive nevertheless. Errors: those of bot_methods::answer_callback(); client_closed also when
  /// the client is gone.
  task<> answer(std::string_view text = {}, callback_answer_options options = {}) const;
};

/// Somebody writes the name of our bot and a text into some chat, and waits for results.
///
/// Threads: as received.
class MTP_API inline_query : public event_base {
 public:
  static constexpr event_tag tag = event_tag::inline_query;

  /// `from` must be of that tag.
  explicit inline_query(update const& from) : event_base(from, tag) {}

  /// What answers name it by.
  std::int64_t id() const;
  peer_id sender() const;
  /// What was written after the name; may be empty.
  tl::string const& query() const;
  /// The `next_offset` of our last answer when more is wanted, else empty.
  tl::string const& offset() const;
  /// Where they are, for bots that ask for it, else null.
  tl::GeoPoint const* location() const;
  /// The kind of chat that they write in; null when the server does not say.
  tl::InlineQueryPeerType const* chat_type() const;
  /// Shows `results`, at most 50.
  ///
  /// Lifetime, Cancellation: as callback_query::answer(). Errors: those of
  /// bot_methods::answer_inline(); client_closed also when the client is gone.
  task<> answer(tl::list<tl::InputBotInlineResult> results,
                inline_answer_options options = {}) const;
};

/// Somebody sent one of the results of an inline query; for bots that want to know.
///
/// Threads: as received.
class MTP_API chosen_inline_result : public event_base {
 public:
  static constexpr event_tag tag = event_tag::chosen_inline_result;

  /// `from` must be of that tag.
  explicit chosen_inline_result(update const& from) : event_base(from, tag) {}

  peer_id sender() const;
  /// What the results were for.
  tl::string const& query() const;
  /// Which of them, by the id that the answer gave it.
  tl::string const& result_id() const;
  /// The message that was sent, for edits; null when it has no inline buttons.
  tl::InputBotInlineMessageID const* inline_message_id() const;
  /// Where they are, for bots that ask for it, else null.
  tl::GeoPoint const* location() const;
};

/// Somebody called our bot in a chat that it does not belong to.
///
/// Threads: as received.
class MTP_API guest_chat_query : public event_base {
 public:
  static constexpr event_tag tag = event_tag::guest_chat_query;

  /// `from` must be of that tag.
  explicit guest_chat_query(update const& from) : event_base(from, tag) {}

  /// What answers name it by.
  std::int64_t id() const;
  /// The message that calls; empty when it has no content.
  std::optional<mtp::message> message() const;
  /// The messages that it refers to; null when the server gives none.
  tl::list<tl::Message> const* references() const;
  /// Writes one message into that chat.
  ///
  /// Lifetime, Cancellation: as callback_query::answer(). Errors: those of
  /// bot_methods::answer_guest_chat(); client_closed also when the client is gone.
  task<received<tl::InputBotInlineMessageID>> answer(tl::InputBotInlineResult result) const;
};

/// A Mini App that was opened for one inline query has sent its result: it may be closed.
///
/// Threads: as received.
class MTP_API web_app_sent : public event_base {
 public:
  static constexpr event_tag tag = event_tag::web_app_sent;

  /// `from` must be of that tag.
  explicit web_app_sent(update const& from) : event_base(from, tag) {}

  /// The query that it was opened for.
  std::int64_t id() const;
};

/// A bot that guards a group has decided about our request to join it.
///
/// Threads: as received.
class MTP_API join_decision : public event_base {
 public:
  static constexpr event_tag tag = event_tag::join_decision;

  /// `from` must be of that tag.
  explicit join_decision(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int64_t id() const;
  tl::JoinChatBotResult const& result() const;
};

/// Something that only the server's own bots get, as JSON.
///
/// Threads: as received.
class MTP_API web_hook_event : public event_base {
 public:
  static constexpr event_tag tag = event_tag::web_hook_event;

  /// `from` must be of that tag.
  explicit web_hook_event(update const& from) : event_base(from, tag) {}

  /// What an answer names it by; empty when none is wanted.
  std::optional<std::int64_t> id() const;
  tl::string const& json() const;
};

}  // namespace mtp::MTP_ABI
