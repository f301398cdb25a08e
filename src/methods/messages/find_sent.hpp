// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/Message.hpp>

namespace mtp::MTP_ABI::detail {

/// Whether the server says that a message with this random id was sent before: the request was
/// executed, and its answer was lost on the way.
bool was_sent_before(rpc_error const& why);

/// Looks for a message that was sent while the answer to it was lost or did not say which it is: a
/// person looks into the conversation, a bot, which may not, into what its account has not consumed
/// yet. The newest one of ours with that text is taken.
///
/// Lifetime: the caller keeps `core` alive. Errors: sent_but_unknown when it is not found.
task<received<tl::message>> find_sent_message(client_core& core, tl::messages::sendMessage request,
                                              tl::Peer chat);

/// The message with that id; empty when the server does not give it.
///
/// Lifetime: the caller keeps `core` alive.
task<received<tl::message>> find_message(client_core& core, tl::InputPeer peer, std::int32_t id);

}  // namespace mtp::MTP_ABI::detail
