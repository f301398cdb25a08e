// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/types/message.hpp>
#include <mtp/types/peer_ref.hpp>

#include <memory>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// Messages of conversations: sending and reading them. Made by client::messages().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API message_methods {
 public:
  explicit message_methods(std::shared_ptr<detail::client_core> client);

  /// Sends `text` to `peer` and returns the message as the server stored it
  /// (https://core.telegram.org/method/messages.sendMessage).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; after the
  /// request was written the message may still appear. Errors: rpc_error and its kinds;
  /// unknown_peer for an id that was never met, or what is no username; bad_argument when
  /// `options.random_id` is 0; sent_but_unknown; client_closed.
  task<message> send(peer_ref peer, std::string_view text, send_message_options options = {}) const;

  /// The last `limit` messages of a conversation, the newest first
  /// (https://core.telegram.org/method/messages.getHistory). Those about the conversation itself
  /// (somebody joined, ...) are left out.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal. Errors:
  /// rpc_error and its kinds; unknown_peer, as send(); bad_argument when `limit` is not between 1
  /// and max_history; client_closed.
  task<std::vector<message>> get_history(peer_ref peer, int limit) const;

  /// The messages of the album that message `id` of a conversation is a part of, in order, with
  /// every caption; that message alone when it is of none, nothing when it is not there
  /// (https://core.telegram.org/method/messages.getMessages). Bots may ask, too. Parts that are
  /// farther apart than 49 numbers are not found.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal. Errors:
  /// rpc_error and its kinds; unknown_peer, as send(); bad_argument when `id` is not positive;
  /// client_closed.
  task<std::vector<message>> get_album(peer_ref peer, std::int32_t id) const;

  static constexpr int max_history = 100;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
