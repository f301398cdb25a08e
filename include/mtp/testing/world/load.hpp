// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/world/world.hpp>

#include <string>
#include <string_view>

namespace mtp::MTP_ABI::testing {

/// Builds a world from a JSON document; docs/guide/testing.md says what may stand in it.
///
/// Errors: one sentence with the line, such as "line 7: two accounts have the same id".
MTP_API result<world, std::string> load_world(std::string_view json, std::int32_t now);

}  // namespace mtp::MTP_ABI::testing
