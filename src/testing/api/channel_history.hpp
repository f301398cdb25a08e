// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "pages.hpp"
#include "tl_values.hpp"

namespace mtp::MTP_ABI::testing {

/// A page of a channel's history.
tl::messages::Messages history_of(call_context& c, channel const& where, window const& wanted);

/// What the author of a message in a channel gets.
tl::Updates posted_updates(call_context& c, channel const& where, std::int64_t random_id,
                           sent_message const& sent);

}  // namespace mtp::MTP_ABI::testing
