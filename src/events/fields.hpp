// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "types/tl_peer.hpp"

#include <mtp/storage/peer_id.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/types/message.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

// What events look for in updates: the same thing has other names in other constructors.

namespace mtp::MTP_ABI::detail {

/// Null for an empty handle, or for nothing.
template <class T>
T const* if_set(T const& value) {
  return value ? &value : nullptr;
}
template <class T>
T const* if_set(std::optional<T> const& value) {
  return value ? &*value : nullptr;
}
template <class T>
T const* if_set(T const* value) {
  return value && *value ? value : nullptr;
}
template <class T>
std::optional<T> copy_of(T const* value) {
  return value ? std::optional(*value) : std::nullopt;
}

inline std::chrono::sys_seconds to_date(std::int32_t date) {
  return std::chrono::sys_seconds(std::chrono::seconds(date));
}

/// The chat or person that the update is about, where it says one.
std::optional<peer_id> chat_in(tl::Update const& of);
/// Who did it.
std::optional<peer_id> sender_in(tl::Update const& of);
std::optional<std::int32_t> message_id_in(tl::Update const& of);
/// What the button that was pressed carries.
std::string_view callback_data(tl::Update const& of);
/// The chat of a list of dialogs.
std::optional<peer_id> dialog_in(tl::Update const& of);
tl::list<tl::DialogPeer> const* pinned_order(tl::Update const& of);
/// Whose notifications are set.
std::optional<peer_id> notified_in(tl::Update const& of);
std::optional<std::int32_t> shortcut_in(tl::Update const& of);
/// Whether others read what we wrote.
bool is_outbox(tl::Update const& of);

/// A message with content; empty otherwise.
std::optional<message> message_of(received<tl::Message> const& raw,
                                  std::weak_ptr<client_core> const& client, std::int64_t self);
/// Null when the update brings none about the conversation itself.
tl::messageService const* service_in(tl::Update const& of);
std::optional<peer_id> service_sender(tl::messageService const& of, std::int64_t self);
/// Our own reactions, in their order; empty when the server does not say.
std::optional<std::vector<tl::Reaction>> chosen_among(tl::messageReactions const& all);

}  // namespace mtp::MTP_ABI::detail
