// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Stories.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// Somebody posted a story, changed it or deleted it.
///
/// Threads: as received.
class MTP_API story_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::story_change;

  /// `from` must be of that tag.
  explicit story_change(update const& from) : event_base(from, tag) {}

  /// Whose.
  peer_id chat() const;
  std::int32_t id() const;
  bool deleted() const;
  /// Null when it was deleted, or must be asked for.
  tl::storyItem const* content() const;
  tl::StoryItem const& story() const;
};

/// We saw stories elsewhere.
///
/// Threads: as received.
class MTP_API stories_read : public event_base {
 public:
  static constexpr event_tag tag = event_tag::stories_read;

  /// `from` must be of that tag.
  explicit stories_read(update const& from) : event_base(from, tag) {}

  /// Whose.
  peer_id chat() const;
  /// All up to this one are seen.
  std::int32_t up_to() const;
};

/// Somebody likes a story of ours, or we like another's.
///
/// Threads: as received.
class MTP_API story_reaction : public event_base {
 public:
  static constexpr event_tag tag = event_tag::story_reaction;

  /// `from` must be of that tag.
  explicit story_reaction(update const& from) : event_base(from, tag) {}

  /// Who; or whose story, when it is our own reaction.
  peer_id peer() const;
  std::int32_t story_id() const;
  tl::Reaction const& reaction() const;
  /// It is our own.
  bool outgoing() const;
};

/// We see stories without being seen until then.
///
/// Threads: as received.
class MTP_API stealth_mode_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::stealth_mode_change;

  /// `from` must be of that tag.
  explicit stealth_mode_change(update const& from) : event_base(from, tag) {}

  std::optional<std::chrono::sys_seconds> until() const;
};

}  // namespace mtp::MTP_ABI
