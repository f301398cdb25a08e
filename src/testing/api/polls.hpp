// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl_values.hpp"

#include <mtp/testing/world/message.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::testing {

/// A poll as an account sees it: with results once that account has voted, wrote it, or the poll is
/// closed.
tl::messageMediaPoll poll_for(std::int64_t viewer, message_content const& of,
                              tl::messageMediaPoll poll);

/// Closes the poll of a message when that is what `by` wants; false when it wants something else.
///
/// Errors: MESSAGE_POLL_CLOSED.
outcome<bool> close_poll(message_content& of, tl::InputMedia const& by);

/// Moves or ends a place that moves; false when `by` is none.
///
/// Errors: MEDIA_PREV_INVALID.
outcome<bool> move_place(message_content& of, tl::InputMedia const& by);

}  // namespace mtp::MTP_ABI::testing
