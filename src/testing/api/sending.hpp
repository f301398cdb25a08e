// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

#include <vector>

namespace mtp::MTP_ABI::testing {

/// What the sender gets for messages just sent: their ids, then the messages themselves.
tl::Updates sent_updates(call_context& c, std::vector<std::int64_t> const& random_ids,
                         std::vector<sent_message> const& sent);

/// Sends a service message to those who are members now.
outcome<sent_message> send_action(call_context& c, std::int64_t chat,
                                  tl::MessageAction const& action);

/// What the author of a service message gets: the members, as they are now, too.
tl::Updates sent_action(call_context& c, std::int64_t chat, sent_message const& sent);

/// Both, for what does not change the members.
outcome<tl::Updates> announce_in_chat(call_context& c, std::int64_t chat,
                                      tl::MessageAction const& action);

}  // namespace mtp::MTP_ABI::testing
