// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/types/updates/State.hpp>
#include <mtp/updates/update_state.hpp>

namespace mtp::MTP_ABI::updates {

inline update_state state_of(tl::updates::state const& from) {
  return {.pts = from.pts, .qts = from.qts, .date = from.date, .seq = from.seq};
}

}  // namespace mtp::MTP_ABI::updates
