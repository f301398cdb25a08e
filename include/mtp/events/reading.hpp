// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What was read, by whom.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// Messages of a chat, a topic or a discussion were read: those of others by us, elsewhere; or ours
/// by others.
///
/// Threads: as received.
class MTP_API history_read : public event_base {
 public:
  static constexpr event_tag tag = event_tag::history_read;

  /// `from` must be of that tag.
  explicit history_read(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  /// Ours were read by others.
  bool outgoing() const;
  /// All up to this one are read.
  std::int32_t up_to() const;
  /// How many are not; empty when the server does not say.
  std::optional<std::int32_t> still_unread() const;
  /// The topic or discussion.
  std::optional<std::int32_t> thread() const;
  /// Whose part of a channel's direct messages.
  std::optional<peer_id> saved_peer() const;
};

/// Voice or video was played, mentions and reactions were seen, media that go by themselves were
/// opened.
///
/// Threads: as received.
class MTP_API content_read : public event_base {
 public:
  static constexpr event_tag tag = event_tag::content_read;

  /// `from` must be of that tag.
  explicit content_read(update const& from) : event_base(from, tag) {}

  /// The channel or supergroup; empty for private chats and basic groups, of which the server tells
  /// only the numbers.
  std::optional<peer_id> chat() const;
  tl::list<std::int32_t> const& ids() const;
  /// The topic or discussion.
  std::optional<std::int32_t> thread() const;
  /// When; empty when the server does not say.
  std::optional<std::chrono::sys_seconds> date() const;
};

}  // namespace mtp::MTP_ABI
