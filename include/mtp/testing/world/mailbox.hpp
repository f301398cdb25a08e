// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/world/event.hpp>
#include <mtp/testing/world/message.hpp>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// The numbers of `updates.state`.
struct mailbox_state {
  std::int32_t pts = 1;
  std::int32_t qts = 0;
  std::int32_t seq = 1;
  std::int32_t date = 0;
};

/// One conversation of one account.
struct dialog {
  std::set<std::int32_t> ids = {};     ///< its messages, oldest first
  std::set<std::int32_t> unread = {};  ///< those from others, not yet read
  std::int32_t read_inbox_max_id = 0;
  std::int32_t read_outbox_max_id = 0;

  std::int32_t top() const { return ids.empty() ? 0 : *ids.rbegin(); }
};

/// Everything one account has: its copies of messages, its dialogs, its update state and the log
/// from which a difference is made.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API mailbox {
 public:
  /// The most events the log keeps, unless limit_log() says another number. Who asks for older ones
  /// gets differenceTooLong.
  static constexpr std::size_t max_log = 20'000;

  explicit mailbox(std::int64_t account) : account_(account) {}

  /// Stores a copy under the next number and logs the event. Returns the copy.
  message_copy const& add(peer where, bool outgoing, std::shared_ptr<message_content> content,
                          std::int32_t date);
  message_copy const* find(std::int32_t id) const;
  /// The account's number of a message of which it has a copy.
  std::optional<std::int32_t> id_of(std::int64_t uid) const;

  void log_edit(std::int32_t id, std::int32_t date);
  /// One event for all; there must be one.
  void log_pins(messages_pinned what, std::int32_t date);
  /// Removes those of `ids` that exist; one event for all. Returns how many there were.
  std::int32_t remove(std::vector<std::int32_t> const& ids, std::int32_t date);
  /// Marks incoming messages as read. Returns the ids that were unread.
  std::vector<std::int32_t> read_inbox(peer where, std::int32_t max_id, std::int32_t date);
  /// The other side read; returns false when it knew already.
  bool read_outbox(peer where, std::int32_t max_id, std::int32_t date);

  mailbox_state const& state() const { return state_; }
  std::int32_t unread_count() const;
  /// All dialogs. One that never had a message is not there.
  std::map<peer, dialog> const& dialogs() const { return dialogs_; }
  dialog const* find_dialog(peer where) const;
  std::map<std::int32_t, message_copy> const& messages() const { return messages_; }

  /// The events after `pts`, at most `limit`; empty optional when the log does not reach back.
  std::optional<std::vector<account_event>> since(std::int32_t pts, std::size_t limit) const;

  /// Keeps `most` events from now on.
  void limit_log(std::size_t most);

  /// Events that nobody has fetched yet, oldest first.
  std::vector<account_event> take_new_events();
  /// Adds one that is not part of the state.
  void announce(event_kind what, std::int32_t date);

 private:
  void log(event_kind what, std::int32_t count, std::int32_t date);

  std::int64_t account_;
  std::int32_t last_id_ = 0;
  mailbox_state state_;
  std::map<std::int32_t, message_copy> messages_;
  std::unordered_map<std::int64_t, std::int32_t> by_uid_;
  std::map<peer, dialog> dialogs_;
  std::deque<account_event> log_;
  std::size_t log_limit_ = max_log;
  std::vector<account_event> fresh_;
};

}  // namespace mtp::MTP_ABI::testing
