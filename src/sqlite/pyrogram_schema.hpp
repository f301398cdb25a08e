// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/sessions/portable_session.hpp>

#include <string_view>

namespace mtp::MTP_ABI::sqlite {

/// What Pyrogram calls a peer.
std::string_view type_of(portable_peer const& peer);
/// What more than its kind a type says.
peer_shape shape_of(std::string_view type);

}  // namespace mtp::MTP_ABI::sqlite
