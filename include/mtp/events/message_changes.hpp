// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What happens to messages after they were written.
#pragma once

#include <mtp/events/event_base.hpp>
#include <mtp/types/message.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// Messages are gone.
///
/// Threads: as received.
class MTP_API deleted_messages : public event_base {
 public:
  static constexpr event_tag tag = event_tag::deleted_messages;

  /// `from` must be of that tag.
  explicit deleted_messages(update const& from) : event_base(from, tag) {}

  /// The channel or supergroup; empty for private chats and basic groups, of which the server tells
  /// only the numbers. Those are unique among all of them.
  std::optional<peer_id> chat() const;
  tl::list<std::int32_t> const& ids() const;
};

/// A message of ours waits to be sent later; also when it was changed.
///
/// Threads: as received.
class MTP_API scheduled_message : public event_base {
 public:
  static constexpr event_tag tag = event_tag::scheduled_message;

  /// `from` must be of that tag.
  explicit scheduled_message(update const& from) : event_base(from, tag) {}

  /// Empty when it has no content.
  std::optional<mtp::message> message() const;
};

/// Messages wait no longer: they were sent, or deleted.
///
/// Threads: as received.
class MTP_API unscheduled_messages : public event_base {
 public:
  static constexpr event_tag tag = event_tag::unscheduled_messages;

  /// `from` must be of that tag.
  explicit unscheduled_messages(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  /// What they were among the scheduled ones.
  tl::list<std::int32_t> const& ids() const;
  /// What they are now, in the order of ids(); null when they were not sent.
  tl::list<std::int32_t> const* sent() const;
};

/// Messages were pinned, or are no longer.
///
/// Threads: as received.
class MTP_API pinned_messages : public event_base {
 public:
  static constexpr event_tag tag = event_tag::pinned_messages;

  /// `from` must be of that tag.
  explicit pinned_messages(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  tl::list<std::int32_t> const& ids() const;
  /// False when they are pinned no longer.
  bool pinned() const;
};

/// The views or the forwards of a channel's message are counted anew.
///
/// Threads: as received.
class MTP_API message_counters : public event_base {
 public:
  static constexpr event_tag tag = event_tag::message_counters;

  /// `from` must be of that tag.
  explicit message_counters(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t message_id() const;
  std::optional<std::int32_t> views() const;
  std::optional<std::int32_t> forwards() const;
};

/// Speech was turned into text, as far as it got.
///
/// Threads: as received.
class MTP_API transcription : public event_base {
 public:
  static constexpr event_tag tag = event_tag::transcription;

  /// `from` must be of that tag.
  explicit transcription(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t message_id() const;
  /// As the answer that began it says.
  std::int64_t id() const;
  tl::string const& text() const;
  /// False while more text comes.
  bool complete() const;
};

/// Media that were paid for can be seen, or their previews changed.
///
/// Threads: as received.
class MTP_API revealed_media : public event_base {
 public:
  static constexpr event_tag tag = event_tag::revealed_media;

  /// `from` must be of that tag.
  explicit revealed_media(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t message_id() const;
  tl::list<tl::MessageExtendedMedia> const& media() const;
};

/// The preview of a link is ready, or there is none.
///
/// Threads: as received.
class MTP_API link_preview : public event_base {
 public:
  static constexpr event_tag tag = event_tag::link_preview;

  /// `from` must be of that tag.
  explicit link_preview(update const& from) : event_base(from, tag) {}

  /// The channel with the link; empty elsewhere, where the server does not say.
  std::optional<peer_id> chat() const;
  tl::WebPage const& page() const;
};

/// Somebody looks at a live location of ours, which must be sent more often.
///
/// Threads: as received.
class MTP_API live_location_viewed : public event_base {
 public:
  static constexpr event_tag tag = event_tag::live_location_viewed;

  /// `from` must be of that tag.
  explicit live_location_viewed(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  std::int32_t message_id() const;
};

/// A message that one member of a group sees, and that goes by itself, is new or was changed.
///
/// Threads: as received.
class MTP_API ephemeral_message : public event_base {
 public:
  static constexpr event_tag tag = event_tag::ephemeral_message;

  /// `from` must be of that tag.
  explicit ephemeral_message(update const& from) : event_base(from, tag) {}

  bool edited() const;
  tl::ephemeralMessage const& content() const;
  std::int32_t id() const;
  std::optional<peer_id> chat() const;
  std::optional<peer_id> sender() const;
  tl::string const& text() const;
};

/// Messages that one member saw are gone.
///
/// Threads: as received.
class MTP_API deleted_ephemeral_messages : public event_base {
 public:
  static constexpr event_tag tag = event_tag::deleted_ephemeral_messages;

  /// `from` must be of that tag.
  explicit deleted_ephemeral_messages(update const& from) : event_base(from, tag) {}

  peer_id chat() const;
  tl::list<std::int32_t> const& ids() const;
};

}  // namespace mtp::MTP_ABI
