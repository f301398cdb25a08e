// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What changes about a chat as a whole.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// Something about a group or channel changed, also whether we are in it.
///
/// Threads: as received.
class MTP_API chat_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::chat_change;

  /// `from` must be of that tag.
  explicit chat_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
};

/// What members may do by default changed.
///
/// Threads: as received.
class MTP_API chat_rights_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::chat_rights_change;

  /// `from` must be of that tag.
  explicit chat_rights_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  /// What they may not.
  tl::chatBannedRights const& forbidden() const;
};

/// The older messages of a supergroup can be seen no longer.
///
/// Threads: as received.
class MTP_API history_hidden : public event_base {
 public:
  static constexpr event_tag tag = event_tag::history_hidden;

  /// `from` must be of that tag.
  explicit history_hidden(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t first_visible() const;
};

/// What is offered to do with somebody who writes changed: block, report, add.
///
/// Threads: as received.
class MTP_API chat_settings_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::chat_settings_change;

  /// `from` must be of that tag.
  explicit chat_settings_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  tl::peerSettings const& settings() const;
};

/// Messages of a chat live for another time.
///
/// Threads: as received.
class MTP_API history_lifetime_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::history_lifetime_change;

  /// `from` must be of that tag.
  explicit history_lifetime_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  /// Empty when they live for ever.
  std::optional<std::chrono::seconds> lifetime() const;
};

/// A chat has another background.
///
/// Threads: as received.
class MTP_API wallpaper_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::wallpaper_change;

  /// `from` must be of that tag.
  explicit wallpaper_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  /// Null for none.
  tl::WallPaper const* wallpaper() const;
};

/// We see a forum as one list of messages now, or as topics.
///
/// Threads: as received.
class MTP_API forum_view_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::forum_view_change;

  /// `from` must be of that tag.
  explicit forum_view_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  bool as_messages() const;
};

/// A bot of a chat has other commands.
///
/// Threads: as received.
class MTP_API bot_commands_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::bot_commands_change;

  /// `from` must be of that tag.
  explicit bot_commands_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int64_t bot_id() const;
  tl::list<tl::botCommand> const& commands() const;
};

/// A bot has another menu button.
///
/// Threads: as received.
class MTP_API bot_menu_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::bot_menu_change;

  /// `from` must be of that tag.
  explicit bot_menu_change(update const& from) : event_base(from, tag) {}

  std::int64_t bot_id() const;
  tl::BotMenuButton const& button() const;
};

/// Somebody writes to a channel without paying, or must pay again.
///
/// Threads: as received.
class MTP_API paid_messages_exception : public event_base {
 public:
  static constexpr event_tag tag = event_tag::paid_messages_exception;

  /// `from` must be of that tag.
  explicit paid_messages_exception(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::optional<peer_id> user() const;
  bool free() const;
};

}  // namespace mtp::MTP_ABI
