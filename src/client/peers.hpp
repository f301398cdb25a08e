// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/session_state.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

namespace mtp::MTP_ABI::detail {

class state_keeper;

/// The access hashes of `users` and `chats` that `known` does not have in memory. Those of objects
/// that are not complete (`min`) serve other purposes and are left out.
session_change new_peers(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats,
                         state_keeper& known);

/// How to name `peer` in a request; empty when its access hash is needed and not known. A bot may
/// name whom it has met without one.
///
/// Lifetime: `known` outlives it. Errors: those of the store.
task<tl::InputPeer> to_input(peer_id peer, state_keeper& known);

}  // namespace mtp::MTP_ABI::detail
