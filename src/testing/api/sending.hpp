// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <vector>

#include "call_context.hpp"
#include "tl_values.hpp"

namespace mtp::testing {

/// The message's number in the sender's own history that an InputReplyTo answers; 0 for none.
std::int32_t answered_by(tl::InputReplyTo const& reply);

/// What the sender gets for messages just sent: their ids, then the messages themselves.
tl::Updates sent_updates(call_context& c, std::vector<std::int64_t> const& random_ids,
                         std::vector<sent_message> const& sent);

/// Sends a service message and returns what its author gets: the members too.
outcome<tl::Updates> announce_in_chat(call_context& c, std::int64_t chat,
                                      tl::MessageAction const& action);

}  // namespace mtp::testing
