// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/types/message.hpp>
#include <mtp/types/peer_ref.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// Messages that go later: those sent with send_message_options::at. Made by client::scheduled().
/// Their numbers are of a row of their own; message_methods::edit() with a time edits them.
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API scheduled_methods {
 public:
  explicit scheduled_methods(std::shared_ptr<detail::client_core> client);

  /// Those of a conversation, the last to go first
  /// (https://core.telegram.org/method/messages.getScheduledHistory).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal. Errors:
  /// rpc_error and its kinds; unknown_peer; client_closed.
  task<std::vector<message>> list(peer_ref peer) const;
  /// Those of `ids` that wait (https://core.telegram.org/method/messages.getScheduledMessages).
  ///
  /// Lifetime, Cancellation: as list(). Errors: those of list(); bad_argument when there are no
  /// ids, or one is not positive.
  task<std::vector<message>> get(peer_ref peer, std::span<std::int32_t const> ids) const;
  /// Sends them now, and returns them under their new numbers
  /// (https://core.telegram.org/method/messages.sendScheduledMessages).
  ///
  /// Lifetime: as list(). Cancellation: terminal; they may go nevertheless. Errors: those of get();
  /// outcome_unknown.
  task<std::vector<message>> send_now(peer_ref peer, std::span<std::int32_t const> ids) const;
  /// Drops them (https://core.telegram.org/method/messages.deleteScheduledMessages).
  ///
  /// Lifetime: as list(). Cancellation: terminal; they may be gone. Errors: those of get().
  task<> remove(peer_ref peer, std::span<std::int32_t const> ids) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
