// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_base.hpp>
#include <mtp/events/service_kind.hpp>
#include <mtp/types/membership.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

/// A call that a service_message tells of.
///
/// Threads: a value.
struct service_call {
  std::int64_t id = 0;  ///< 0 when the server does not say
  bool video = false;
  bool missed = false;
  bool goes_on = false;                                 ///< one of a group, or a conference
  std::optional<std::chrono::seconds> duration = {};    ///< of one that has ended
  std::optional<std::chrono::sys_seconds> begins = {};  ///< of one that is only planned
};

/// What was paid, in the smallest unit of the currency.
///
/// Lifetime: views of the message. Threads: a value.
struct service_payment {
  std::string_view currency = {};  ///< "XTR": stars
  std::int64_t amount = 0;
  std::string_view payload = {};          ///< the bot's own word for it
  std::string_view charge = {};           ///< names the payment, for a refund
  std::string_view provider_charge = {};  ///< the same at the one who took the money
  bool recurring = false;
  std::optional<std::chrono::sys_seconds> subscribed_until = {};
};

/// What a topic is called from now on; empty: as before.
///
/// Lifetime: a view of the message. Threads: a value.
struct service_topic {
  std::optional<std::string_view> title = {};
  std::optional<std::int64_t> icon = {};  ///< a custom emoji; 0: none
  std::optional<std::int32_t> colour = {};
  std::optional<bool> closed = {};
  std::optional<bool> hidden = {};
};

/// Threads: a value.
struct service_score {
  std::int64_t game = 0;
  std::int32_t points = 0;
};

/// Whom somebody gave to a bot by a button that asks for peers.
///
/// Threads: a value.
struct shared_peers {
  std::int32_t button = 0;
  std::vector<peer_id> peers = {};
};

/// Something about a conversation that stands among its messages: somebody joined, a title was
/// changed, a message was pinned. What it does not tell is empty.
///
/// Lifetime: views and references go with the event. Threads: as received.
class MTP_API service_message : public event_base {
 public:
  static constexpr event_tag tag = event_tag::service_message;

  /// `from` must be of that tag.
  explicit service_message(update const& from) : event_base(from, tag) {}

  std::int32_t id() const;
  /// The conversation: the other person in a private chat, else the group.
  peer_id chat() const;
  /// Who did it; empty when it was a channel, or the server does not say.
  std::optional<peer_id> sender() const;
  std::chrono::sys_seconds date() const;
  /// True when the account that is signed in did it.
  bool outgoing() const;
  /// What happened.
  service_kind kind() const;
  /// The same, in TL's own terms.
  tl::MessageAction const& action() const;

  // --- Who
  /// The users who joined by it: added, by a link, or by a request that was granted.
  std::vector<std::int64_t> joined() const;
  /// The user who left by it, or was thrown out.
  std::optional<std::int64_t> left() const;
  /// What else tells of the same joins and leavings, as member_change, has the same keys.
  std::vector<member_key> keys() const;
  /// Who added those who joined, or whose link they followed.
  std::optional<std::int64_t> inviter() const;
  /// The members of a new group, those who were added, those who were invited to a call.
  std::vector<std::int64_t> users() const;
  std::optional<std::int64_t> new_owner() const;

  // --- The chat
  /// The new one, of a chat or of a topic.
  std::string_view title() const;
  /// The new one, or the one that somebody suggests; null when there is none, or it has expired.
  tl::photo const* photo() const;
  std::optional<peer_id> migrated_to() const;
  std::optional<peer_id> migrated_from() const;
  /// How long messages live from now on; zero: without end.
  std::optional<std::chrono::seconds> lifetime() const;
  std::optional<std::int32_t> boosts() const;
  std::optional<service_topic> topic() const;

  // --- The message it is about
  /// The one that was pinned, paid, played, ticked off. One of this chat.
  std::optional<std::int32_t> about() const;

  // --- Calls, money, what bots get
  std::optional<service_call> call() const;
  std::optional<service_payment> payment() const;
  std::optional<std::int64_t> stars() const;
  std::optional<service_score> score() const;
  std::optional<shared_peers> shared() const;
  /// What a button of a web app says; what Telegram wrote, of service_kind::custom.
  std::string_view text() const;
  /// What a web app sent to the bot.
  std::string_view data() const;
};

}  // namespace mtp::MTP_ABI
