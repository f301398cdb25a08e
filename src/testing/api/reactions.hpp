// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "views.hpp"

namespace mtp::MTP_ABI::testing {

/// The reactions of a message as its viewer sees them; those in a channel do not say whose they
/// are.
tl::messageReactions reactions_for(view& render, std::int64_t viewer, message_copy const& of);

}  // namespace mtp::MTP_ABI::testing
