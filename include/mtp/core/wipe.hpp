// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

namespace mtp {

/// Overwrites `data` with zeros in a way that no optimiser removes.
void wipe(mutable_bytes data) noexcept;

}  // namespace mtp
