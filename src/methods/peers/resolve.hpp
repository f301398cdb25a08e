// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"
#include "methods/peers/owned_peer.hpp"

namespace mtp::MTP_ABI::detail {

/// See peer_methods. Threads: on the strand of `core`. Lifetime: the caller keeps `core` alive.
task<peer_id> resolve(client_core& core, std::string username);
task<tl::InputPeer> input_peer(client_core& core, owned_peer peer);

}  // namespace mtp::MTP_ABI::detail
