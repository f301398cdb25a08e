// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "schedule.hpp"

#include <mtp/core/environment.hpp>

namespace mtp::MTP_ABI::testing {

/// Lifetime: `times` outlives the timer and who waits.
std::unique_ptr<wait_timer> make_virtual_timer(schedule& times, asio::any_io_executor strand);

}  // namespace mtp::MTP_ABI::testing
