// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/types/message.hpp>

#include <cstdint>
#include <vector>

// Messages by their numbers. Servers leave out what does not exist, or put something empty in its
// place, and outside of channels they give messages of other conversations: so each is looked for
// by its number and its conversation, never by its place in the answer.

namespace mtp::MTP_ABI::detail {

/// The most that one request asks for.
constexpr std::size_t max_lookup = 100;

/// The conversation that a peer names; `self` is who is signed in.
peer_id conversation_of(tl::InputPeer const& where, std::int64_t self);

/// Errors: bad_argument when an id is not positive, or when there is none.
void check_ids(std::vector<std::int32_t> const& ids);

/// At most max_lookup messages, from wherever they are. Lifetime: the caller keeps all alive.
task<received<tl::messages::Messages>> ask_messages(client_core& core, tl::InputPeer const& where,
                                                    std::vector<std::int32_t> ids);

/// Those of `ids` that are there, in their order, each once; what is said about the conversation
/// itself is left out. Lifetime: the caller keeps `core` alive.
task<std::vector<message>> look_up(client_core& core, tl::InputPeer where,
                                   std::vector<std::int32_t> ids);

/// The numbers of those that are there, also of what is said about the conversation itself.
task<std::vector<std::int32_t>> ids_there(client_core& core, tl::InputPeer where,
                                          std::vector<std::int32_t> ids);

/// `ids` from number `first` on, at most max_lookup of them.
std::vector<std::int32_t> batch_of(std::vector<std::int32_t> const& ids, std::size_t first);

}  // namespace mtp::MTP_ABI::detail
