// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/task.hpp>
#include <mtp/storage/session_state.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/list.hpp>

#include <vector>

namespace mtp::MTP_ABI::detail {

class state_keeper;

/// Whom an answer or an update brought.
struct met_peers {
  session_change change = {};             ///< what `known` does not have in memory
  std::vector<stored_peer> unnamed = {};  ///< min objects: a message must vouch for these
};

/// What is to be kept of `users` and `chats`: names, usernames, phone numbers and access hashes.
/// The access hashes of objects that are not complete (`min`) serve other purposes and are left
/// out.
met_peers meet_peers(tl::list<tl::User> const& users, tl::list<tl::Chat> const& chats,
                     state_keeper& known);

/// Those of `unnamed` whom the message names, with the message as their voucher, when `known` has
/// nothing better.
session_change vouch_for(std::vector<stored_peer> const& unnamed, tl::Message const& by,
                         state_keeper& known);
/// The message that an update brings or changes; null when there is none.
tl::Message const* message_of(tl::Update const& update);

/// How to name `peer` in a request; empty when its access hash is needed and not known, and no
/// message vouches for it. A bot may name whom it has met without one.
///
/// Lifetime: `known` outlives it. Errors: those of the store.
task<tl::InputPeer> to_input(peer_id peer, state_keeper& known);

}  // namespace mtp::MTP_ABI::detail
