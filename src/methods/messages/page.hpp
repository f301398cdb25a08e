// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/types/message.hpp>

#include <vector>

namespace mtp::MTP_ABI::detail {

/// Meets whom a page brings, and collects its messages.
///
/// Threads: on the strand of `core`.
std::vector<message> read_page(client_core& core, received<tl::messages::Messages> const& page);

}  // namespace mtp::MTP_ABI::detail
