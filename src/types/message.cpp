// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a message is. What is done with it stands in methods/messages.
#include <mtp/types/message.hpp>

#include "types/tl_peer.hpp"

#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>

#include <utility>

namespace mtp::MTP_ABI {

message::message(received<tl::message> raw, std::weak_ptr<detail::client_core> client,
                 std::int64_t self)
    : raw_(std::move(raw)), client_(std::move(client)), self_(self) {}

std::int32_t message::id() const { return raw_->id; }

peer_id message::chat() const { return detail::to_peer_id(raw_->peer_id).value_or(peer_id{}); }

/// In a private chat the server may leave out who wrote: then it is the other one, or we.
std::optional<peer_id> message::sender() const {
  if (raw_->from_id) return detail::to_peer_id(raw_->from_id);
  if (raw_->post) return {};
  if (!raw_->out) return detail::to_peer_id(raw_->peer_id);
  if (self_ == 0) return {};
  return peer_id{peer_kind::user, self_};
}

std::chrono::sys_seconds message::date() const {
  return std::chrono::sys_seconds(std::chrono::seconds(raw_->date));
}

tl::string const& message::text() const { return raw_->message; }

bool message::outgoing() const { return raw_->out; }

}  // namespace mtp::MTP_ABI
