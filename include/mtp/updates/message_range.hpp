// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>

namespace mtp::MTP_ABI::updates {

/// Messages by their numbers, which are asked for at once.
struct message_range {
  std::int32_t first = 0;
  std::int32_t last = 0;  ///< with this one
  bool operator==(message_range const&) const = default;
};

}  // namespace mtp::MTP_ABI::updates
