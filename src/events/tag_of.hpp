// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
#include <mtp/tl/forward.hpp>

namespace mtp::MTP_ABI::detail {

/// Which event an update is; other_update for those that have none, and for an empty one.
event_tag tag_of(tl::Update const& of);

}  // namespace mtp::MTP_ABI::detail
