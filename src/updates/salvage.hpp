// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>

#include <optional>
#include <vector>

namespace mtp::MTP_ABI::updates {

/// A batch or a difference without the values that this schema cannot read.
struct salvaged {
  slice body = {};                     ///< can be read
  std::vector<slice> unreadable = {};  ///< what was cut out, in order
};

/// Cuts out of updates, updatesCombined, a difference or that of a channel the elements of its
/// lists that have an unknown constructor somewhere. How long such a value is nobody knows: it ends
/// where everything behind it can be read again. Empty when that is nowhere, or soon enough.
std::optional<salvaged> salvage(slice const& body);

}  // namespace mtp::MTP_ABI::updates
