// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/message_changes.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/EphemeralMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageExtendedMedia.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/WebPage.hpp>

namespace mtp::MTP_ABI {

std::optional<peer_id> deleted_messages::chat() const { return detail::chat_in(*raw()); }

tl::list<std::int32_t> const& deleted_messages::ids() const { return *raw()->messages(); }

std::optional<mtp::message> scheduled_message::message() const {
  return detail::message_of({raw(), &as<tl::updateNewScheduledMessage>()->message}, client_, self_);
}

peer_id unscheduled_messages::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

tl::list<std::int32_t> const& unscheduled_messages::ids() const {
  return as<tl::updateDeleteScheduledMessages>()->messages;
}

tl::list<std::int32_t> const* unscheduled_messages::sent() const {
  return detail::if_set(as<tl::updateDeleteScheduledMessages>()->sent_messages);
}

peer_id pinned_messages::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

tl::list<std::int32_t> const& pinned_messages::ids() const { return *raw()->messages(); }

bool pinned_messages::pinned() const { return raw()->pinned(); }

peer_id message_counters::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t message_counters::message_id() const {
  return detail::message_id_in(*raw()).value_or(0);
}

std::optional<std::int32_t> message_counters::views() const {
  auto const* u = as<tl::updateChannelMessageViews>();
  return u ? std::optional(u->views) : std::nullopt;
}

std::optional<std::int32_t> message_counters::forwards() const {
  auto const* u = as<tl::updateChannelMessageForwards>();
  return u ? std::optional(u->forwards) : std::nullopt;
}

peer_id transcription::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t transcription::message_id() const { return detail::message_id_in(*raw()).value_or(0); }

std::int64_t transcription::id() const {
  return as<tl::updateTranscribedAudio>()->transcription_id;
}

tl::string const& transcription::text() const { return as<tl::updateTranscribedAudio>()->text; }

bool transcription::complete() const { return !as<tl::updateTranscribedAudio>()->pending; }

peer_id revealed_media::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t revealed_media::message_id() const {
  return detail::message_id_in(*raw()).value_or(0);
}

tl::list<tl::MessageExtendedMedia> const& revealed_media::media() const {
  return as<tl::updateMessageExtendedMedia>()->extended_media;
}

std::optional<peer_id> link_preview::chat() const { return detail::chat_in(*raw()); }

tl::WebPage const& link_preview::page() const { return *raw()->webpage(); }

peer_id live_location_viewed::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

std::int32_t live_location_viewed::message_id() const {
  return detail::message_id_in(*raw()).value_or(0);
}

bool ephemeral_message::edited() const { return as<tl::updateEditEphemeralMessage>() != nullptr; }

tl::ephemeralMessage const& ephemeral_message::content() const {
  auto const* u = as<tl::updateNewEphemeralMessage>();
  return u ? u->message : as<tl::updateEditEphemeralMessage>()->message;
}

std::int32_t ephemeral_message::id() const { return content().id; }

std::optional<peer_id> ephemeral_message::chat() const {
  return detail::to_peer_id(content().peer_id);
}

std::optional<peer_id> ephemeral_message::sender() const {
  return detail::to_peer_id(content().from_id);
}

tl::string const& ephemeral_message::text() const { return content().message; }

peer_id deleted_ephemeral_messages::chat() const {
  return detail::chat_in(*raw()).value_or(peer_id{});
}

tl::list<std::int32_t> const& deleted_ephemeral_messages::ids() const {
  return as<tl::updateDeleteEphemeralMessages>()->ids;
}

}  // namespace mtp::MTP_ABI
