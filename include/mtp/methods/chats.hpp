// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/types/peer_ref.hpp>

#include <memory>
#include <string_view>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// Groups and channels. Made by client::chats().
///
/// Lifetime: keeps what the client is made of, not its connection. Threads: as client.
class MTP_API chat_methods {
 public:
  explicit chat_methods(std::shared_ptr<detail::client_core> client);

  /// Says what a group or channel is about, up to 255 characters
  /// (https://core.telegram.org/method/messages.editChatAbout).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; the text may
  /// be changed nevertheless. Errors: rpc_error, as CHAT_ABOUT_NOT_MODIFIED, CHAT_ADMIN_REQUIRED;
  /// unknown_peer for an id that was never met, or what is no username; outcome_unknown;
  /// client_closed.
  task<> set_description(peer_ref chat, std::string_view text) const;

  /// Lets somebody who asked to join in, or keeps them out
  /// (https://core.telegram.org/method/messages.hideChatJoinRequest).
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; it may be done
  /// nevertheless. Errors: rpc_error, as HIDE_REQUESTER_MISSING, CHAT_ADMIN_REQUIRED; unknown_peer,
  /// as set_description(); outcome_unknown; client_closed.
  task<> answer_join_request(peer_ref chat, peer_ref user, bool approve) const;

 private:
  std::shared_ptr<detail::client_core> client_;
};

}  // namespace mtp::MTP_ABI
