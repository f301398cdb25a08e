// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Reactions and polls.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace mtp::MTP_ABI {

/// The reactions of a message that this account sees are others now, its own ones too.
///
/// Those in a channel come for messages that were read of late only. A bot gets reaction_change and
/// reaction_counts instead.
///
/// Threads: as received.
class MTP_API message_reactions : public event_base {
 public:
  static constexpr event_tag tag = event_tag::message_reactions;

  /// `from` must be of that tag.
  explicit message_reactions(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t message_id() const;
  /// The topic or discussion.
  std::optional<std::int32_t> thread() const;
  /// All of them.
  tl::messageReactions const& reactions() const;
  /// Those of our own, in the order in which we chose them; empty when the server does not say
  /// ("min"): then what was known of them goes on to hold.
  std::optional<std::vector<tl::Reaction>> chosen() const;
};

/// Somebody changed what they think of a message; for bots that are administrators there.
///
/// Threads: as received.
class MTP_API reaction_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::reaction_change;

  /// `from` must be of that tag.
  explicit reaction_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t message_id() const;
  /// Who: a user, or a chat in whose name somebody speaks.
  std::optional<peer_id> sender() const;
  std::chrono::sys_seconds date() const;
  tl::list<tl::Reaction> const& before() const;
  tl::list<tl::Reaction> const& now() const;
};

/// How many reactions a message has whose authors are not told; for bots, minutes late.
///
/// Threads: as received.
class MTP_API reaction_counts : public event_base {
 public:
  static constexpr event_tag tag = event_tag::reaction_counts;

  /// `from` must be of that tag.
  explicit reaction_counts(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t message_id() const;
  std::chrono::sys_seconds date() const;
  tl::list<tl::reactionCount> const& counts() const;
};

/// A poll was answered, closed or changed.
///
/// Threads: as received.
class MTP_API poll_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::poll_change;

  /// `from` must be of that tag.
  explicit poll_change(update const& from) : event_base(from, tag) {}

  std::int64_t poll_id() const;
  /// Where it stands; empty when the server does not say.
  std::optional<peer_id> chat() const;
  std::optional<std::int32_t> message_id() const;
  /// The poll itself; null when the server gives the results only.
  tl::poll const* poll() const;
  tl::pollResults const& results() const;
  /// Whether the results tell our own votes; otherwise ("min") what was known of them goes on to
  /// hold.
  bool knows_chosen() const;
};

/// Somebody voted in a poll of our bot, or took the vote back.
///
/// Threads: as received.
class MTP_API poll_vote : public event_base {
 public:
  static constexpr event_tag tag = event_tag::poll_vote;

  /// `from` must be of that tag.
  explicit poll_vote(update const& from) : event_base(from, tag) {}

  std::int64_t poll_id() const;
  std::optional<peer_id> sender() const;
  /// The answers, as the poll names them; none when the vote was taken back.
  tl::list<tl::bytes> const& options() const;
  /// The same as places in the poll, from 0.
  tl::list<std::int32_t> const& positions() const;
};

}  // namespace mtp::MTP_ABI
