// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/tl/types/MessageEntity.hpp>

namespace mtp::MTP_ABI::detail {

/// The same entities, in which people who are mentioned without an access hash have the one that
/// the client knows.
///
/// Errors: those of input_peer(), as unknown_peer for a person who was never met.
task<tl::list<tl::MessageEntity>> with_named_people(client_core& core,
                                                    tl::list<tl::MessageEntity> entities);

}  // namespace mtp::MTP_ABI::detail
