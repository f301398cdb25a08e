// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

namespace mtp::MTP_ABI::testing {

/// Whom an InputPeer means, for this caller.
///
/// Errors: PEER_ID_INVALID, CHANNEL_INVALID, MSG_ID_INVALID.
outcome<peer> resolve(call_context const& c, tl::InputPeer const& named);

/// Whom an InputUser means.
///
/// Errors: USER_ID_INVALID, MSG_ID_INVALID.
outcome<std::int64_t> resolve(call_context const& c, tl::InputUser const& named);

/// The channel that is meant, if the caller may read it.
///
/// Errors: CHANNEL_INVALID, CHANNEL_PRIVATE.
outcome<channel*> resolve(call_context const& c, tl::InputChannel const& named);

/// The same for a peer; null when that is no channel.
outcome<channel*> resolve_channel(call_context const& c, tl::InputPeer const& named);

/// Where a message may stand: whom an InputPeer means, channels too.
///
/// Errors: as both.
outcome<peer> resolve_place(call_context const& c, tl::InputPeer const& named);

/// The group of that number, if the caller is or was in it.
///
/// Errors: CHAT_ID_INVALID.
outcome<group*> resolve_chat(call_context const& c, std::int64_t id);

}  // namespace mtp::MTP_ABI::testing
