// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The list of chats as this account arranged it, elsewhere too.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

/// We began to write something elsewhere, or gave it up.
///
/// Threads: as received.
class MTP_API draft_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::draft_change;

  /// `from` must be of that tag.
  explicit draft_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  /// The topic or discussion.
  std::optional<std::int32_t> thread() const;
  bool cleared() const;
  /// Empty when it was given up.
  std::string_view text() const;
  tl::DraftMessage const& draft() const;
};

/// A chat, or one of the saved messages, was pinned to the top, or is no longer.
///
/// Threads: as received.
class MTP_API dialog_pinned : public event_base {
 public:
  static constexpr event_tag tag = event_tag::dialog_pinned;

  /// `from` must be of that tag.
  explicit dialog_pinned(update const& from) : event_base(from, tag) {}

  /// Empty for a folder.
  std::optional<peer_id> chat() const;
  bool pinned() const;
  /// It is about saved messages.
  bool saved() const;
  std::optional<std::int32_t> folder() const;
};

/// The chats at the top stand in another order.
///
/// Threads: as received.
class MTP_API pinned_dialogs : public event_base {
 public:
  static constexpr event_tag tag = event_tag::pinned_dialogs;

  /// `from` must be of that tag.
  explicit pinned_dialogs(update const& from) : event_base(from, tag) {}

  /// Null when it must be asked for.
  tl::list<tl::DialogPeer> const* order() const;
  /// It is about saved messages.
  bool saved() const;
  std::optional<std::int32_t> folder() const;
};

/// A chat was marked as unread, or is no longer.
///
/// Threads: as received.
class MTP_API dialog_unread_mark : public event_base {
 public:
  static constexpr event_tag tag = event_tag::dialog_unread_mark;

  /// `from` must be of that tag.
  explicit dialog_unread_mark(update const& from) : event_base(from, tag) {}

  /// Empty for a folder.
  std::optional<peer_id> chat() const;
  bool unread() const;
};

/// Chats were moved to the archive or out of it.
///
/// Threads: as received.
class MTP_API folder_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::folder_change;

  /// `from` must be of that tag.
  explicit folder_change(update const& from) : event_base(from, tag) {}

  tl::list<tl::folderPeer> const& moved() const;
};

/// The folders that we sort chats into are others, or stand in another order.
///
/// Threads: as received.
class MTP_API chat_folders_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::chat_folders_change;

  /// `from` must be of that tag.
  explicit chat_folders_change(update const& from) : event_base(from, tag) {}

  /// The folder that changed; empty when all must be asked for, or only their order changed.
  std::optional<std::int32_t> id() const;
  /// What it is now; null when it was deleted, or all must be asked for.
  tl::DialogFilter const* folder() const;
  /// Null when that did not change.
  tl::list<std::int32_t> const* order() const;
};

/// Topics of a forum were pinned, are no longer, or stand in another order.
///
/// Threads: as received.
class MTP_API pinned_topics : public event_base {
 public:
  static constexpr event_tag tag = event_tag::pinned_topics;

  /// `from` must be of that tag.
  explicit pinned_topics(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  /// The one that it is about; empty when it is the order.
  std::optional<std::int32_t> topic() const;
  bool pinned() const;
  /// Null when that did not change, or must be asked for.
  tl::list<std::int32_t> const* order() const;
};

/// What we are told about by sounds and pop-ups changed.
///
/// Threads: as received.
class MTP_API notification_settings : public event_base {
 public:
  static constexpr event_tag tag = event_tag::notification_settings;

  /// `from` must be of that tag.
  explicit notification_settings(update const& from) : event_base(from, tag) {}

  /// Empty for settings of all chats of a kind.
  std::optional<peer_id> chat() const;
  tl::NotifyPeer const& scope() const;
  tl::peerNotifySettings const& settings() const;
};

}  // namespace mtp::MTP_ABI
