// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Secret chats. What they say is encrypted between the two ends.
#pragma once

#include <mtp/events/event_base.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI {

/// Somebody asks for a secret chat, or one was agreed on or ended.
///
/// Threads: as received.
class MTP_API secret_chat_change : public event_base {
 public:
  static constexpr event_tag tag = event_tag::secret_chat_change;

  /// `from` must be of that tag.
  explicit secret_chat_change(update const& from) : event_base(from, tag) {}

  std::int32_t id() const;
  /// They ask us.
  bool requested() const;
  /// Both have the key.
  bool open() const;
  bool ended() const;
  /// Who asked; empty when it ended.
  std::optional<peer_id> creator() const;
  std::chrono::sys_seconds date() const;
  tl::EncryptedChat const& chat() const;
};

/// Something came in a secret chat, encrypted.
///
/// Threads: as received.
class MTP_API secret_message : public event_base {
 public:
  static constexpr event_tag tag = event_tag::secret_message;

  /// `from` must be of that tag.
  explicit secret_message(update const& from) : event_base(from, tag) {}

  std::int32_t chat_id() const;
  tl::EncryptedMessage const& content() const;
};

/// The other end of a secret chat read our messages.
///
/// Threads: as received.
class MTP_API secret_messages_read : public event_base {
 public:
  static constexpr event_tag tag = event_tag::secret_messages_read;

  /// `from` must be of that tag.
  explicit secret_messages_read(update const& from) : event_base(from, tag) {}

  std::int32_t chat_id() const;
  /// Those sent until then.
  std::chrono::sys_seconds up_to() const;
  /// When they read them.
  std::chrono::sys_seconds date() const;
};

}  // namespace mtp::MTP_ABI
