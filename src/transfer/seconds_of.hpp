// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/clock.hpp>

namespace mtp::MTP_ABI::transfer {

inline double seconds_of(duration span) { return std::chrono::duration<double>(span).count(); }

}  // namespace mtp::MTP_ABI::transfer
