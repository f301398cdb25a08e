// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>
#include <mtp/core/log.hpp>
#include <mtp/core/slice.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/updates/lost.hpp>
#include <mtp/updates/message_range.hpp>
#include <mtp/updates/report.hpp>
#include <mtp/updates/update_state.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

namespace mtp::MTP_ABI::updates {

// --- What follows from what came: to be performed at once, in this order

/// Hand this to the stream.
struct deliver {
  received<tl::Update> update = {};
  bool fetched = false;  ///< out of the history: the server told it no more by itself
};

/// Hand this to the stream: a message that this version cannot read.
struct deliver_unknown {
  slice body = {};
};

/// Store this position as soon as everything that was delivered before it has been consumed.
struct reach {
  std::optional<update_state> account = {};
  std::map<std::int64_t, std::optional<std::int32_t>> channels = {};  ///< an empty one is forgotten
  /// The newest message of a channel, or under 0 of the account's own conversations.
  std::map<std::int64_t, std::int32_t> messages = {};
};

/// Remember these people and chats. Either may be empty.
struct meet {
  received<tl::list<tl::User>> users = {};
  received<tl::list<tl::Chat>> chats = {};
};

/// Forget what was delivered and not consumed: it comes again.
struct discard_undelivered {};

/// The server has another configuration; the update may name addresses of data centres.
struct config_changed {
  received<tl::Update> update = {};
};

/// Nobody is signed in any more: the last request found that.
struct end_login {};

struct log {
  log_level level = log_level::info;
  std::string text = {};
};

// --- What to ask; of the account one thing at a time, of each channel too

/// updates.getState
struct ask_state {};

/// updates.getDifference
struct ask_difference {
  update_state from = {};
  difference_reason why = difference_reason::told;
};

/// updates.getChannelDifference
struct ask_channel_difference {
  std::int64_t channel = 0;
  std::int32_t pts = 0;
  std::int32_t limit = 0;
  difference_reason why = difference_reason::told;
};

/// channels.getMessages, or messages.getMessages for channel 0: of all these numbers
struct ask_messages {
  std::int64_t channel = 0;
  message_range which = {};
};

/// Nothing to do before this time, unless something happens.
struct wait_until {
  steady_time when = {};
};

using action = std::variant<wait_until, deliver, deliver_unknown, reach, meet, discard_undelivered,
                            config_changed, end_login, log, lost, ask_state, ask_difference,
                            ask_channel_difference, ask_messages>;

}  // namespace mtp::MTP_ABI::updates
