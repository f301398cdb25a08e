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
#include <type_traits>

namespace mtp::MTP_ABI {

/// How a message is edited. The servers take a keyboard away that is not given again.
///
/// Lifetime: refers to its keyboard and entities; operations copy them before they return.
/// Threads: a value.
struct edit_message_options {
  tl::list<tl::MessageEntity> const* entities =
      nullptr;                 ///< of a new text that is plain; null for none
  keyboard_ref keyboard = {};  ///< an inline_keyboard, for example
  bool link_preview = true;
  bool inverted = false;  ///< the preview above the text, the caption above the media
  /// The new time of a message that is scheduled; its id is the one it has among those.
  std::optional<std::chrono::sys_seconds> at = {};
};
static_assert(std::is_trivially_destructible_v<edit_message_options>);

/// For whom messages go away. In channels they go for everybody.
struct delete_options {
  bool for_all = true;
};

/// How a message is pinned.
struct pin_options {
  bool silent = false;       ///< deliver without a notification
  bool only_for_us = false;  ///< in a private chat
};

/// Which messages of a conversation a list begins with, and where it ends. The newest comes first.
struct history_options {
  std::int32_t before_id = 0;                           ///< only older ones than this; 0 for all
  std::int32_t after_id = 0;                            ///< only newer ones than this
  std::optional<std::chrono::sys_seconds> before = {};  ///< the time, instead of an id
  std::size_t limit = 0;                                ///< the most that come; 0 for all
};

/// What is looked for in a conversation.
enum class media_filter {
  any,
  photos,
  videos,
  photos_and_videos,
  files,
  links,
  animations,
  voice,
  round_videos,
  music,
  contacts,
  places,
  polls,
  pinned,
  mentions,
};

/// A search in one conversation.
///
/// Lifetime: refers to the name in `from`; operations copy it before they return. Threads: a value.
struct search_options {
  media_filter filter = media_filter::any;
  std::optional<peer_ref> from = {};                    ///< only what that person wrote
  std::optional<std::int32_t> topic = {};               ///< of a forum
  std::optional<std::chrono::sys_seconds> after = {};   ///< not older
  std::optional<std::chrono::sys_seconds> before = {};  ///< not newer
  std::size_t limit = 0;                                ///< the most that come; 0 for all
};
static_assert(std::is_trivially_destructible_v<search_options>);

}  // namespace mtp::MTP_ABI
