// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
#include <mtp/types/message.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

class update;

/// Messages that were sent together as one album. Only a stream with stream_options::albums has
/// them; any other gives each part as a new_message. What happens to a part afterwards, as an edit,
/// is an event of that part.
///
/// Lifetime: texts and references live as long as the event, or a copy of the message that they are
/// of. Threads: as message.
class MTP_API album {
 public:
  static constexpr event_tag tag = event_tag::album;

  /// `from` must be of that tag.
  explicit album(update const& from);

  /// The same as message::album_id() of each part.
  std::int64_t id() const;
  peer_id chat() const { return first().chat(); }
  std::optional<peer_id> sender() const { return first().sender(); }
  std::chrono::sys_seconds date() const { return first().date(); }
  bool outgoing() const { return first().outgoing(); }
  /// In their order. There is at least one.
  std::vector<message> const& messages() const noexcept { return messages_; }
  /// The first text that a part has; clients show it beneath the album when no other has one.
  std::string_view caption() const;
  /// Those of all parts, in their order; empty where a part has none.
  std::vector<std::string_view> captions() const;

  /// Sends `text` to the same conversation, as an answer to the first message. Lifetime,
  /// Cancellation, Errors: as message::reply().
  task<message> reply(text_ref text, send_message_options options = {}) const;

 private:
  message const& first() const { return messages_.front(); }
  std::vector<message> messages_;
};

}  // namespace mtp::MTP_ABI
