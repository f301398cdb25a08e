// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

namespace mtp::MTP_ABI::testing {

/// The caller's update state, as it is now.
tl::updates::State state_of(call_context const& c);

}  // namespace mtp::MTP_ABI::testing
