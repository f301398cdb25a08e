// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "pages.hpp"
#include "tl_values.hpp"

#include <functional>

namespace mtp::MTP_ABI::testing {

/// A page of a channel's history.
tl::messages::Messages history_of(call_context& c, channel const& where, window const& wanted);

/// A page of those messages of a channel that fit.
tl::messages::Messages found_in(call_context& c, channel const& where, window const& wanted,
                                std::function<bool(message_content const&)> const& fits);

}  // namespace mtp::MTP_ABI::testing
