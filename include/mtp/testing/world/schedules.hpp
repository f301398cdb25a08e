// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/testing/world/fault.hpp>
#include <mtp/testing/world/message.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A message to be sent: who, to whom, and what. `content.author` is the sender.
struct outgoing_message {
  peer to = {};
  message_content content = {};
  std::int32_t reply_to = 0;   ///< number of the answered message, as the sender sees it
  std::int64_t random_id = 0;  ///< 0 when the message cannot be repeated by accident
};

/// A message that goes later.
struct scheduled_message {
  std::int32_t id = 0;  ///< among those of its author that wait for that conversation
  outgoing_message message = {};
  std::int32_t due = 0;
};

/// The messages that wait for their time.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API schedules {
 public:
  /// The most that wait in one conversation.
  static constexpr std::size_t max_waiting = 100;
  /// The time of those that go when the other comes online.
  static constexpr std::int32_t when_online = 0x7ffffffe;
  static constexpr std::int32_t max_ahead = 365 * 24 * 3600;  ///< seconds

  /// Errors: SCHEDULE_DATE_INVALID, SCHEDULE_DATE_TOO_LATE, SCHEDULE_TOO_MUCH, RANDOM_ID_DUPLICATE.
  outcome<std::int32_t> add(outgoing_message message, std::int32_t due, std::int32_t now);
  /// Null when it does not wait.
  scheduled_message const* find(std::int64_t author, peer where, std::int32_t id) const;
  /// Replaces what a message says, and its time. It must wait.
  ///
  /// Errors: SCHEDULE_DATE_INVALID, SCHEDULE_DATE_TOO_LATE.
  outcome<> change(scheduled_message changed, std::int32_t now);
  /// Takes one out; empty when it does not wait.
  std::optional<scheduled_message> take(std::int64_t author, peer where, std::int32_t id);
  /// Those of a conversation, the first to go first.
  std::vector<scheduled_message> waiting(std::int64_t author, peer where) const;
  /// Takes out those whose time has come, the first to go first.
  std::vector<scheduled_message> take_due(std::int32_t now);

 private:
  using place = std::pair<std::int64_t, peer>;
  std::map<place, std::map<std::int32_t, scheduled_message>> all_;
  std::int32_t last_id_ = 0;
};

}  // namespace mtp::MTP_ABI::testing
