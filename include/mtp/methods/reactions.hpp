// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/methods/pager.hpp>
#include <mtp/types/peer_ref.hpp>
#include <mtp/types/reaction.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// How a reaction is given.
struct reaction_options {
  bool big = false;       ///< with the large animation
  bool remember = false;  ///< among the recent ones
};

/// How often a message has a reaction.
struct reaction_total {
  reaction what = {};
  std::int32_t count = 0;
  bool ours = false;
};

/// Somebody who reacted.
struct peer_reaction {
  peer_id who = {};
  reaction what = {};
  std::chrono::sys_seconds date = {};
};

/// A reaction that the servers know.
struct available_reaction {
  reaction what = {};
  std::string title = {};
  bool premium = false;  ///< for subscribers only
  bool active = true;    ///< may still be given
};

/// Reactions to messages. Made by client::reactions().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API reaction_methods {
 public:
  explicit reaction_methods(std::shared_ptr<detail::client_core> client);

  /// Gives a reaction in place of those that one gave before, and returns how often the message has
  /// each (https://core.telegram.org/method/messages.sendReaction).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; it may be
  /// given nevertheless. Errors: rpc_error and its kinds, as REACTION_INVALID, REACTIONS_TOO_MANY;
  /// unknown_peer; bad_argument when `id` is not positive; client_closed.
  task<std::vector<reaction_total>> give(peer_ref peer, std::int32_t id, reaction what,
                                         reaction_options options = {}) const;
  /// Gives several. Lifetime, Cancellation, Errors: as the shorter form.
  task<std::vector<reaction_total>> give(peer_ref peer, std::int32_t id,
                                         std::span<reaction const> all,
                                         reaction_options options = {}) const;
  /// Takes one's own back. Lifetime, Cancellation, Errors: as give().
  task<std::vector<reaction_total>> take_back(peer_ref peer, std::int32_t id) const;
  /// Pays Stars to a post (https://core.telegram.org/method/messages.sendPaidReaction).
  ///
  /// Lifetime, Cancellation: as give(). Errors: those of give(); bad_argument when `stars` is not
  /// positive.
  task<std::vector<reaction_total>> pay(peer_ref peer, std::int32_t id, std::int32_t stars) const;
  /// Who reacted, with one of them or all
  /// (https://core.telegram.org/method/messages.getMessageReactionsList).
  ///
  /// Lifetime: copies all it needs before it returns. Errors: none; next() has those of give().
  pager<peer_reaction> who(peer_ref peer, std::int32_t id, std::optional<reaction> what = {}) const;

  /// Those that the servers know (https://core.telegram.org/method/messages.getAvailableReactions).
  ///
  /// Cancellation: terminal. Errors: rpc_error and its kinds; client_closed.
  task<std::vector<available_reaction>> available() const;
  /// Those that are given most (https://core.telegram.org/method/messages.getTopReactions).
  ///
  /// Cancellation, Errors: as available().
  task<std::vector<reaction>> top(int limit = 50) const;
  /// Those that one gave last (https://core.telegram.org/method/messages.getRecentReactions).
  ///
  /// Cancellation, Errors: as available().
  task<std::vector<reaction>> recent(int limit = 50) const;
  /// Forgets those. Cancellation, Errors: as available().
  task<> clear_recent() const;
  /// The one that a double tap gives
  /// (https://core.telegram.org/method/messages.setDefaultReaction).
  ///
  /// Lifetime: copies `what`. Cancellation: terminal. Errors: rpc_error and its kinds, as
  /// REACTION_INVALID; client_closed.
  task<> set_default(reaction what) const;
  /// Marks reactions to one's messages as seen
  /// (https://core.telegram.org/method/messages.readReactions).
  ///
  /// Lifetime: copies `peer`. Cancellation: terminal. Errors: rpc_error and its kinds;
  /// unknown_peer; client_closed.
  task<> mark_read(peer_ref peer) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
