// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "events/event_table.hpp"

#include <mtp/events/event_tag.hpp>
#include <mtp/tl/forward.hpp>

#include <span>

namespace mtp::MTP_ABI::detail {

/// Which event an update is; other_update for those that have none, and for an empty one.
event_tag tag_of(tl::Update const& of);

/// The table that it looks into: each constructor with its events, or why it has none.
std::span<event_row const> all_event_rows();

}  // namespace mtp::MTP_ABI::detail
