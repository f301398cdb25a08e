// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/events/reading.hpp>

#include "events/fields.hpp"

#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>

namespace mtp::MTP_ABI {

peer_id history_read::chat() const { return detail::chat_in(*raw()).value_or(peer_id{}); }

bool history_read::outgoing() const { return detail::is_outbox(*raw()); }

std::int32_t history_read::up_to() const {
  auto const* id = raw()->max_id();
  return id ? *id : *raw()->read_max_id();
}

std::optional<std::int32_t> history_read::still_unread() const {
  return detail::copy_of(raw()->still_unread_count());
}

std::optional<std::int32_t> history_read::thread() const {
  return detail::copy_of(raw()->top_msg_id());
}

std::optional<peer_id> history_read::saved_peer() const {
  auto const* peer = raw()->saved_peer_id();
  return peer ? detail::to_peer_id(*peer) : std::nullopt;
}

std::optional<peer_id> content_read::chat() const { return detail::chat_in(*raw()); }

tl::list<std::int32_t> const& content_read::ids() const { return *raw()->messages(); }

std::optional<std::int32_t> content_read::thread() const {
  return detail::copy_of(raw()->top_msg_id());
}

std::optional<std::chrono::sys_seconds> content_read::date() const {
  auto const* at = raw()->date();
  return at ? std::optional(detail::to_date(*at)) : std::nullopt;
}

}  // namespace mtp::MTP_ABI
