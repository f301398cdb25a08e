// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstddef>

namespace mtp::MTP_ABI::testing {

/// Puts an InputUser or InputChannel in the place of the InputPeer that stands at `at`, or the
/// other way round; false when it is none of them. Their fields are the same.
///
/// Pyrogram and kurigram write one for the other in many calls, and live servers let it pass.
bool repair_peer(bytes& call, std::size_t at);

/// How many of them one call may need.
inline constexpr int max_repairs = 1024;

}  // namespace mtp::MTP_ABI::testing
