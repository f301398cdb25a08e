// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Bots that answer for businesses, and what belongs to it.
#pragma once

#include <mtp/events/event_base.hpp>
#include <mtp/types/message.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// A business connected our bot, changed what it may do, or took it away.
///
/// Threads: as received.
class MTP_API business_connection : public event_base {
 public:
  static constexpr event_tag tag = event_tag::business_connection;

  /// `from` must be of that tag.
  explicit business_connection(update const& from) : event_base(from, tag) {}

  /// What its messages name it by.
  tl::string const& id() const;
  /// The business.
  peer_id user() const;
  /// False when the bot was taken away.
  bool enabled() const;
  /// What the bot may do there; null for nothing.
  tl::businessBotRights const* rights() const;
  std::chrono::sys_seconds date() const;
  tl::botBusinessConnection const& connection() const;
};

/// A customer wrote to a business that connected our bot, or the business to them; also when a
/// message was edited.
///
/// Threads: as received.
class MTP_API business_message : public event_base {
 public:
  static constexpr event_tag tag = event_tag::business_message;

  /// `from` must be of that tag.
  explicit business_message(update const& from) : event_base(from, tag) {}

  tl::string const& connection_id() const;
  bool edited() const;
  /// Empty when it has no content.
  std::optional<mtp::message> message() const;
  /// The message that it answers; empty when there is none.
  std::optional<mtp::message> reply_to() const;
};

/// Messages of a business that connected our bot are gone.
///
/// Threads: as received.
class MTP_API deleted_business_messages : public event_base {
 public:
  static constexpr event_tag tag = event_tag::deleted_business_messages;

  /// `from` must be of that tag.
  explicit deleted_business_messages(update const& from) : event_base(from, tag) {}

  tl::string const& connection_id() const;
  peer_id chat() const;
  tl::list<std::int32_t> const& ids() const;
};

/// The answers that a business keeps ready changed.
///
/// Threads: as received.
class MTP_API quick_reply_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::quick_reply_change;

  /// `from` must be of that tag.
  explicit quick_reply_change(update const& from) : event_base(from, tag) {}

  /// Which of them; empty when it is all, or one message.
  std::optional<std::int32_t> shortcut() const;
  /// The whole answer is gone.
  bool deleted() const;
  /// Null when none of them was deleted.
  tl::list<std::int32_t> const* deleted_messages() const;
};

/// A bot that another one manages was made, or has another token or owner.
///
/// Threads: as received.
class MTP_API managed_bot_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::managed_bot_change;

  /// `from` must be of that tag.
  explicit managed_bot_change(update const& from) : event_base(from, tag) {}

  peer_id user() const;
  std::int64_t bot_id() const;
};

}  // namespace mtp::MTP_ABI
