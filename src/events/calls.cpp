// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/calls.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/GroupCall.hpp>
#include <mtp/tl/types/GroupCallMessage.hpp>
#include <mtp/tl/types/GroupCallParticipant.hpp>
#include <mtp/tl/types/InputGroupCall.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/PhoneCall.hpp>
#include <mtp/tl/types/PhoneCallDiscardReason.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

std::int64_t phone_call::id() const {
  auto const* id = call().id();
  return id ? *id : 0;
}

bool phone_call::incoming() const { return call().holds<tl::phoneCallRequested>(); }

bool phone_call::ended() const { return call().holds<tl::phoneCallDiscarded>(); }

bool phone_call::video() const { return call().video(); }

std::optional<peer_id> phone_call::caller() const {
  auto const* user = call().admin_id();
  return user ? std::optional(peer_id{peer_kind::user, *user}) : std::nullopt;
}

std::optional<peer_id> phone_call::callee() const {
  auto const* user = call().participant_id();
  return user ? std::optional(peer_id{peer_kind::user, *user}) : std::nullopt;
}

tl::PhoneCall const& phone_call::call() const { return as<tl::updatePhoneCall>()->phone_call; }

std::int64_t phone_call_signal::id() const {
  return as<tl::updatePhoneCallSignalingData>()->phone_call_id;
}

tl::bytes const& phone_call_signal::data() const {
  return as<tl::updatePhoneCallSignalingData>()->data;
}

std::optional<peer_id> group_call_change::chat() const { return detail::chat_in(*raw()); }

std::int64_t group_call_change::id() const {
  auto const* id = call().id();
  return id ? *id : 0;
}

bool group_call_change::ended() const { return call().holds<tl::groupCallDiscarded>(); }

bool group_call_change::live_story() const { return as<tl::updateGroupCall>()->live_story; }

tl::GroupCall const& group_call_change::call() const { return as<tl::updateGroupCall>()->call; }

tl::InputGroupCall const& group_call_members::call() const {
  return as<tl::updateGroupCallParticipants>()->call;
}

tl::list<tl::groupCallParticipant> const& group_call_members::changed() const {
  return as<tl::updateGroupCallParticipants>()->participants;
}

tl::InputGroupCall const& group_call_message::call() const {
  return as<tl::updateGroupCallMessage>()->call;
}

tl::groupCallMessage const& group_call_message::content() const {
  return as<tl::updateGroupCallMessage>()->message;
}

std::optional<peer_id> group_call_message::sender() const {
  return detail::to_peer_id(content().from_id);
}

tl::InputGroupCall const& deleted_group_call_messages::call() const {
  return as<tl::updateDeleteGroupCallMessages>()->call;
}

tl::list<std::int32_t> const& deleted_group_call_messages::ids() const {
  return *raw()->messages();
}

bool group_call_signal::encrypted_message() const {
  return raw()->holds<tl::updateGroupCallEncryptedMessage>();
}

}  // namespace mtp::MTP_ABI
