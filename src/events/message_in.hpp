// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/tl/forward.hpp>

namespace mtp::MTP_ABI::detail {

/// The message that an update brings; null when it brings none, or one about the conversation
/// itself (somebody joined, ...).
tl::message const* message_in(tl::Update const& update);

}  // namespace mtp::MTP_ABI::detail
