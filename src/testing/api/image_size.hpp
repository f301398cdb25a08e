// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::testing {

struct image_size {
  std::int32_t width = 0;
  std::int32_t height = 0;
  bool operator==(image_size const&) const = default;
};

/// The size that the header of a PNG or JPEG names; empty for anything else. It may be damaged.
std::optional<image_size> image_size_of(bytes_view file);

}  // namespace mtp::MTP_ABI::testing
