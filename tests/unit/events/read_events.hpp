// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/update.hpp>

namespace mtp::test {

/// Makes the event of an update, and calls every function of it that looks into it. How many events
/// that were, apart from those that are messages or other updates.
int read_typed(update const& what);

}  // namespace mtp::test
