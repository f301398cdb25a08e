// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/session_state.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

namespace mtp::MTP_ABI::detail {

/// The access hashes of `users` and `chats` that `known` does not have yet. Those of objects that
/// are not complete (`min`) serve other purposes and are left out.
session_change new_peers(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats,
                         session_state const& known);

/// How to name `peer` in a request; empty when its access hash is needed and not known. A bot may
/// name whom it has met without one.
tl::InputPeer to_input(peer_id peer, session_state const& known);

}  // namespace mtp::MTP_ABI::detail
