// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <initializer_list>
#include <string_view>

namespace mtp::testing::transcoding {

/// The text of tl/api.tl, cut into pieces. Written by the build.
extern std::initializer_list<std::string_view> const own_schema_pieces;

}  // namespace mtp::testing::transcoding
