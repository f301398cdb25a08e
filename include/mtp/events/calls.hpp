// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Calls, of two and of many.
#pragma once

#include <mtp/events/event_base.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// Somebody calls, or a call goes on or ends.
///
/// Threads: as received.
class MTP_API phone_call : public event_base {
 public:
  static constexpr event_tag tag = event_tag::phone_call;

  /// `from` must be of that tag.
  explicit phone_call(update const& from) : event_base(from, tag) {}

  std::int64_t id() const;
  /// They ask us to take it.
  bool incoming() const;
  bool ended() const;
  bool video() const;
  /// Empty when the call ended.
  std::optional<peer_id> caller() const;
  /// Empty when the call ended.
  std::optional<peer_id> callee() const;
  tl::PhoneCall const& call() const;
};

/// What the other side of a call says to our side's media.
///
/// Threads: as received.
class MTP_API phone_call_signal : public event_base {
 public:
  static constexpr event_tag tag = event_tag::phone_call_signal;

  /// `from` must be of that tag.
  explicit phone_call_signal(update const& from) : event_base(from, tag) {}

  /// The call.
  std::int64_t id() const;
  tl::bytes const& data() const;
};

/// A call of many began, changed or ended.
///
/// Threads: as received.
class MTP_API group_call_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::group_call_change;

  /// `from` must be of that tag.
  explicit group_call_change(update const& from) : event_base(from, tag) {}

  /// Empty for a call that belongs to no chat.
  std::optional<peer_id> chat() const;
  std::int64_t id() const;
  bool ended() const;
  bool live_story() const;
  tl::GroupCall const& call() const;
};

/// Who takes part in a call of many changed.
///
/// Threads: as received.
class MTP_API group_call_members : public event_base {
 public:
  static constexpr event_tag tag = event_tag::group_call_members;

  /// `from` must be of that tag.
  explicit group_call_members(update const& from) : event_base(from, tag) {}

  tl::InputGroupCall const& call() const;
  /// Those who came, changed, or left.
  tl::list<tl::groupCallParticipant> const& changed() const;
};

/// Somebody wrote into a call of many.
///
/// Threads: as received.
class MTP_API group_call_message : public event_base {
 public:
  static constexpr event_tag tag = event_tag::group_call_message;

  /// `from` must be of that tag.
  explicit group_call_message(update const& from) : event_base(from, tag) {}

  tl::InputGroupCall const& call() const;
  tl::groupCallMessage const& content() const;
  std::optional<peer_id> sender() const;
};

/// What was written into a call of many is gone.
///
/// Threads: as received.
class MTP_API deleted_group_call_messages : public event_base {
 public:
  static constexpr event_tag tag = event_tag::deleted_group_call_messages;

  /// `from` must be of that tag.
  explicit deleted_group_call_messages(update const& from) : event_base(from, tag) {}

  tl::InputGroupCall const& call() const;
  tl::list<std::int32_t> const& ids() const;
};

/// What the encryption or the media of a call of many need; see raw().
///
/// Threads: as received.
class MTP_API group_call_signal : public event_base {
 public:
  static constexpr event_tag tag = event_tag::group_call_signal;

  /// `from` must be of that tag.
  explicit group_call_signal(update const& from) : event_base(from, tag) {}

  /// Somebody wrote into it.
  bool encrypted_message() const;
};

}  // namespace mtp::MTP_ABI
