// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/secret.hpp>
#include <mtp/core/task.hpp>
#include <mtp/storage/stored_peer.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/types/peer_ref.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// Who is who (https://core.telegram.org/api/peers). Made by client::peers().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API peer_methods {
 public:
  explicit peer_methods(std::shared_ptr<detail::client_core> client);

  /// The peer of a @username, asked from the server unless it is known.
  ///
  /// Lifetime: copies the name. Cancellation: terminal. Errors: rpc_error, as
  /// USERNAME_NOT_OCCUPIED; unknown_peer for what is no username; client_closed.
  task<peer_id> resolve(std::string_view username) const;

  /// What the API calls the peer, with the access hash that this session knows.
  ///
  /// Lifetime: copies the name. Cancellation: terminal. Errors: unknown_peer for an id that was
  /// never met; those of resolve().
  task<tl::InputPeer> input_peer(peer_ref peer) const;

  /// What this session has stored of somebody: the name, usernames, phone number, access hash, and
  /// the message by which a min peer may be named. Asks no server, so it may be out of date:
  /// `learnt` says since when. Empty for who was never met. A session_store keeps access hashes
  /// only.
  ///
  /// Cancellation: terminal. Errors: those of the store; client_closed.
  task<std::optional<stored_peer>> known(peer_id peer) const;
  /// The same of who was met with that username, with or without "@", last. The name may be
  /// somebody else's by now; resolve() asks.
  ///
  /// Lifetime: copies the name. Cancellation and errors: as known().
  task<std::optional<stored_peer>> known_by_username(std::string_view username) const;
  /// The same of who was met with that phone number last, in digits, with or without "+".
  ///
  /// Lifetime: copies the number. Cancellation and errors: as known().
  task<std::optional<stored_peer>> known_by_phone(secret<std::string> phone) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
