// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Who is in groups and channels, and who wants to be.
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/events/event_base.hpp>
#include <mtp/types/membership.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

/// Somebody joined or left a group or channel, or became something else in it.
///
/// A join may come twice: as this and as a service_message, also in one and the same chat. Both
/// have the same key.
///
/// Threads: as received.
class MTP_API member_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::member_change;

  /// `from` must be of that tag.
  explicit member_change(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  peer_id user() const;
  /// Who did it, which may be the user; empty when the server does not say.
  std::optional<peer_id> actor() const;
  std::optional<std::chrono::sys_seconds> date() const;
  /// What they were; empty when the server does not say.
  std::optional<member_status> before() const;
  /// What they are; empty when only their title changed.
  std::optional<member_status> now() const;
  /// They are in it now, and were not.
  bool joined() const;
  /// They are not in it now, and were.
  bool left() const;
  /// The title that they have now; may be empty.
  std::string_view rank() const;
  /// The invite link that they came by, else null.
  tl::ExportedChatInvite const* invite() const;
  /// Its address, else empty.
  std::string_view invite_link() const;
  /// They came by a request that was granted.
  bool by_request() const;
  /// They came by the link of a folder.
  bool by_folder() const;
  /// What else tells of the same join or leaving, as service_message, has the same key; empty for
  /// other changes.
  std::optional<member_key> key() const;
};

/// The members of a basic group, all of them.
///
/// Threads: as received.
class MTP_API member_list : public event_base {
 public:
  static constexpr event_tag tag = event_tag::member_list;

  /// `from` must be of that tag.
  explicit member_list(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  tl::ChatParticipants const& list() const;
  /// Null when this account may not see them.
  tl::list<tl::ChatParticipant> const* members() const;
};

/// Somebody wants to join a chat of which our bot is an administrator.
///
/// Threads: as received.
class MTP_API join_request : public event_base {
 public:
  static constexpr event_tag tag = event_tag::join_request;

  /// `from` must be of that tag.
  explicit join_request(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  peer_id user() const;
  std::chrono::sys_seconds date() const;
  /// What they say of themselves; may be empty.
  tl::string const& about() const;
  /// The link that they came by, else empty.
  std::string_view invite_link() const;
  /// For bots that decide by a Mini App.
  std::optional<std::int64_t> query_id() const;
  /// Lets them in.
  ///
  /// Cancellation: terminal; it may be done nevertheless. Errors: those of
  /// chat_methods::answer_join_request(); client_closed also when the client is gone.
  task<> approve() const;
  /// Keeps them out. Cancellation, Errors: as approve().
  task<> decline() const;
};

/// How many wait to be let into a chat of which we are an administrator.
///
/// Threads: as received.
class MTP_API pending_join_requests : public event_base {
 public:
  static constexpr event_tag tag = event_tag::pending_join_requests;

  /// `from` must be of that tag.
  explicit pending_join_requests(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t count() const;
  /// The users who asked last.
  tl::list<std::int64_t> const& latest() const;
};

/// A chat of our bot was boosted, or a boost of it changed.
///
/// Threads: as received.
class MTP_API chat_boost : public event_base {
 public:
  static constexpr event_tag tag = event_tag::chat_boost;

  /// `from` must be of that tag.
  explicit chat_boost(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  tl::boost const& boost() const;
  /// Who boosted; empty for a gift that nobody took yet.
  std::optional<peer_id> sender() const;
  std::chrono::sys_seconds date() const;
  std::chrono::sys_seconds expires() const;
};

}  // namespace mtp::MTP_ABI
