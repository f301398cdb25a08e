// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What people do and are.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// Somebody writes, records or sends something at this moment. It is true for about 6 seconds.
///
/// Threads: as received.
class MTP_API typing : public event_base {
 public:
  static constexpr event_tag tag = event_tag::typing;

  /// `from` must be of that tag.
  explicit typing(update const& from) : event_base(from, tag) {}

  /// Who; empty in a secret chat.
  std::optional<peer_id> sender() const;
  /// Where; the person in a private chat; empty in a secret chat.
  std::optional<peer_id> chat() const;
  /// The topic or discussion.
  std::optional<std::int32_t> thread() const;
  std::optional<std::int32_t> secret_chat() const;
  /// What they do; null in a secret chat.
  tl::SendMessageAction const* action() const;
  /// They do it no longer.
  bool stopped() const;
};

/// Somebody came online or went.
///
/// Threads: as received.
class MTP_API user_status_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::user_status_change;

  /// `from` must be of that tag.
  explicit user_status_change(update const& from) : event_base(from, tag) {}

  peer_id user() const;
  bool online() const;
  /// Until when they count as online, if nothing else is heard.
  std::optional<std::chrono::sys_seconds> until() const;
  /// Empty when they are online, or hide it.
  std::optional<std::chrono::sys_seconds> last_seen() const;
  tl::UserStatus const& status() const;
};

/// Somebody has another name or other usernames.
///
/// Threads: as received.
class MTP_API user_name_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::user_name_change;

  /// `from` must be of that tag.
  explicit user_name_change(update const& from) : event_base(from, tag) {}

  peer_id user() const;
  tl::string const& first_name() const;
  tl::string const& last_name() const;
  tl::list<tl::username> const& usernames() const;
};

/// Somebody whose number we may see has another one.
///
/// Threads: as received.
class MTP_API user_phone_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::user_phone_change;

  /// `from` must be of that tag.
  explicit user_phone_change(update const& from) : event_base(from, tag) {}

  peer_id user() const;
  /// Digits, the code of the country first.
  tl::string const& phone() const;
};

/// Somebody has another emoji beside the name, or none.
///
/// Threads: as received.
class MTP_API emoji_status_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::emoji_status_change;

  /// `from` must be of that tag.
  explicit emoji_status_change(update const& from) : event_base(from, tag) {}

  peer_id user() const;
  tl::EmojiStatus const& status() const;
};

/// Something about somebody changed; what it is must be asked for.
///
/// Threads: as received.
class MTP_API user_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::user_change;

  /// `from` must be of that tag.
  explicit user_change(update const& from) : event_base(from, tag) {}

  peer_id user() const;
};

/// We blocked somebody, or let them be again, elsewhere.
///
/// Threads: as received.
class MTP_API peer_blocked : public event_base {
 public:
  static constexpr event_tag tag = event_tag::peer_blocked;

  /// `from` must be of that tag.
  explicit peer_blocked(update const& from) : event_base(from, tag) {}

  peer_id peer() const;
  bool blocked() const;
  /// They may not see our stories.
  bool stories_blocked() const;
};

/// Somebody stopped our bot, or started it again.
///
/// Threads: as received.
class MTP_API bot_stopped : public event_base {
 public:
  static constexpr event_tag tag = event_tag::bot_stopped;

  /// `from` must be of that tag.
  explicit bot_stopped(update const& from) : event_base(from, tag) {}

  peer_id user() const;
  std::chrono::sys_seconds date() const;
  /// False when they started it again.
  bool stopped() const;
};

}  // namespace mtp::MTP_ABI
