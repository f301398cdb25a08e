// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/transfer_control.hpp"
#include "client/transfer_slots.hpp"
#include "transfer/part_patience.hpp"

namespace mtp::MTP_ABI::detail {

class client_core;

/// Does what follows when a part of a file did not go through, and ends when it is worth another
/// try.
///
/// Lifetime: `core` and `control` outlive it. Cancellation: terminal. Errors: the refusal, when it
/// is not worth a try; what whom `control` tells throws.
task<> follow(client_core& core, transfer_control& control, transfer::part_patience::verdict said,
              rpc_failure why, transfer_slots::slot place);

/// The leave to have one part under way, for a transfer that is not paused.
///
/// Lifetime: `core` and `control` outlive it. Cancellation: terminal. Errors: as
/// transfer_slots::take().
task<transfer_slots::slot> take_place(client_core& core, transfer_control& control, int dc,
                                      link_purpose purpose);

}  // namespace mtp::MTP_ABI::detail
