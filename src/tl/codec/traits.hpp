// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <cstdint>
#include <span>

namespace mtp::MTP_ABI::tl::codec {

/// What the schema and tl/api.traits say of one function. The generated table is sorted by id.
struct traits_entry {
  std::uint32_t id;
  bool repeatable;
  bool compressible;
  bool wraps;  ///< its last field is another function
};

}  // namespace mtp::MTP_ABI::tl::codec
