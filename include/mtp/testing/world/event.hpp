// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/testing/world/peer.hpp>

#include <cstdint>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A message appeared in the account's history.
struct message_added {
  std::int32_t id = 0;
};
struct message_edited {
  std::int32_t id = 0;
};
struct messages_deleted {
  std::vector<std::int32_t> ids = {};
};
/// Messages were pinned, or are so no longer.
struct messages_pinned {
  peer where = {};
  std::vector<std::int32_t> ids = {};
  bool pinned = true;
};
/// The account itself read up to `max_id`.
struct inbox_read {
  peer where = {};
  std::int32_t max_id = 0;
  std::int32_t still_unread = 0;
};
/// The other side read what the account wrote, up to `max_id`.
struct outbox_read {
  peer where = {};
  std::int32_t max_id = 0;
};
/// Somebody types, records, uploads; not part of the account's state.
struct activity {
  peer where = {};
  std::int64_t who = 0;
  bytes action = {};  ///< SendMessageAction, encoded
};
/// What happened in a channel, for each of its members. One of the four is set.
struct channel_change {
  std::int64_t channel = 0;
  std::int32_t pts = 0;  ///< the channel's, after it
  std::int32_t pts_count = 0;
  std::int32_t date = 0;
  std::int32_t added = 0;   ///< a message's number
  std::int32_t edited = 0;  ///< a message's number
  std::vector<std::int32_t> deleted = {};
  messages_pinned pins = {};
};
/// An update that the caller composed, encoded boxed; not part of the account's state.
struct any_update {
  bytes update = {};
};

using event_kind = std::variant<message_added, message_edited, messages_deleted, messages_pinned,
                                inbox_read, outbox_read, activity, any_update, channel_change>;

/// Something that an account's clients must hear of.
struct account_event {
  std::int64_t account = 0;
  std::int32_t pts = 0;  ///< the account's pts after it; 0 when it is not part of the state
  std::int32_t pts_count = 0;
  std::int32_t date = 0;
  event_kind what = {};
};

}  // namespace mtp::MTP_ABI::testing
