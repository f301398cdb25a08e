// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/peer_id.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/tl/string.hpp>
#include <mtp/types/send_message_options.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace mtp::MTP_ABI {

namespace detail {
class client_core;
}

/// A message as the server has it. Small: copies share one received block.
///
/// Lifetime: texts and references live as long as some copy of the message. Threads: as `received`;
/// what performs a request may be awaited anywhere, as a client's operations.
class MTP_API message {
 public:
  message() = default;
  /// `self` is the account that is signed in; 0 when that is not known.
  message(received<tl::message> raw, std::weak_ptr<detail::client_core> client,
          std::int64_t self = 0);

  std::int32_t id() const;
  /// The conversation it belongs to: the other person in a private chat, else the group.
  peer_id chat() const;
  /// Who wrote it; empty for the posts of a channel.
  std::optional<peer_id> sender() const;
  std::chrono::sys_seconds date() const;
  tl::string const& text() const;
  /// True when the account that is signed in wrote it.
  bool outgoing() const;
  /// Everything else about it.
  received<tl::message> const& raw() const noexcept { return raw_; }

  /// Sends `text` to the same conversation, as an answer to this message.
  ///
  /// Lifetime: copies all it needs before it first suspends. Cancellation: terminal; after the
  /// request was written the message may still appear. Errors: those of message_methods::send();
  /// client_closed also when the client is gone.
  task<message> reply(std::string_view text, send_message_options options = {}) const;

 private:
  received<tl::message> raw_;
  std::weak_ptr<detail::client_core> client_;
  std::int64_t self_ = 0;
};

}  // namespace mtp::MTP_ABI
