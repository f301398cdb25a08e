// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace mtp::testing {

/// Where a data centre listens.
struct dc_address {
  int id = 2;
  std::string host = {};
  std::uint16_t port = 0;
  bool operator==(dc_address const&) const = default;
};

}  // namespace mtp::testing
