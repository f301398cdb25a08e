// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/types/keyboard_ref.hpp>
#include <mtp/types/peer_ref.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace mtp::MTP_ABI {

/// What exactly a message answers, beside the id of what it answers.
///
/// Lifetime: refers to its texts; operations copy them before they return. Threads: a value.
struct reply_details {
  std::string_view quote = {};                 ///< a part of its text, word for word
  std::optional<std::int32_t> quote_offset{};  ///< where that begins, in UTF-16 units
  std::optional<peer_ref> chat = {};           ///< where it stands, when that is another chat
  std::optional<std::int32_t> topic = {};      ///< of a forum; alone: the topic to write in
  std::optional<std::int32_t> story = {};      ///< one of `chat`, instead of a message
  std::optional<std::int32_t> todo_item = {};  ///< one of its list
  std::string_view poll_option = {};           ///< the bytes of one option of its poll
};

/// How large the preview of a link is.
enum class preview_size { automatic, small, large };

/// Which preview of a link a message shows.
///
/// Lifetime: as reply_details. Threads: a value.
struct preview_options {
  std::string_view url = {};  ///< of this page, whether or not the text names it
  preview_size size = preview_size::automatic;
};

/// A price for a post that is suggested to a channel, and when it is to appear.
struct suggested_post_options {
  std::int64_t stars = 0;
  std::optional<std::chrono::sys_seconds> at = {};
};

/// How a message is sent: text, media, albums and forwards; what does not apply is not looked at.
///
/// Lifetime: refers to its texts, keyboard and entities; operations copy them before they return.
/// Threads: a value.
struct send_message_options {
  std::optional<std::int32_t> reply_to = {};  ///< id of the message that this one answers
  reply_details reply = {};                   ///< more about that
  bool silent = false;                        ///< deliver without a notification
  bool link_preview = true;                   ///< let the server show what a link points to
  preview_options preview = {};
  bool inverted = false;      ///< the preview above the text, the caption above the media
  bool is_protected = false;  ///< may not be forwarded or saved
  bool background = false;    ///< nobody waits for it
  bool clear_draft = false;   ///< of that conversation
  /// Bold, links, mentions and so on, of a plain text: a formatted_text has its own; null for none.
  tl::list<tl::MessageEntity> const* entities = nullptr;
  keyboard_ref keyboard = {};  ///< an inline_keyboard, a reply_keyboard, force_reply, ...

  // --- When, as whom, for how much
  std::optional<std::chrono::sys_seconds> at = {};  ///< not now but then
  bool when_online = false;                         ///< once the other is online
  std::chrono::seconds repeat = {};                 ///< again after so long, for what has a time
  std::optional<peer_ref> send_as = {};             ///< a channel of one's own
  std::int64_t effect = 0;                          ///< the number of an animation
  std::int64_t paid_stars = 0;                      ///< the most that it may cost
  std::optional<suggested_post_options> suggested = {};

  /// What the servers know this message by; made up when absent. Whoever sends the same again under
  /// the same number, because a deadline passed or the program was started anew, gets the message
  /// that is there already. From a random generator, never 0. Not for several messages at once.
  std::optional<std::int64_t> random_id = {};
};
static_assert(std::is_trivially_destructible_v<send_message_options>);

/// How messages are forwarded or copied.
///
/// Lifetime, Threads: as send_message_options.
struct forward_options {
  bool without_author = false;    ///< as a copy: it does not say who wrote it
  bool without_captions = false;  ///< media alone
  send_message_options sending = {};
};
static_assert(std::is_trivially_destructible_v<forward_options>);

}  // namespace mtp::MTP_ABI
