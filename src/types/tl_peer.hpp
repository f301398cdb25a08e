// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/peer_id.hpp>
#include <mtp/tl/forward.hpp>

#include <optional>

namespace mtp::MTP_ABI::detail {

/// The peer that TL names; empty for an empty handle.
std::optional<peer_id> to_peer_id(tl::Peer const& peer);
tl::Peer to_tl(peer_id peer);

}  // namespace mtp::MTP_ABI::detail
