// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <span>
#include <string_view>

// The texts of tl/ that are part of the library. Their definitions are written by the build.

namespace mtp::MTP_ABI::testing::transcoding {

/// A text, cut into pieces.
using text_pieces = std::span<std::string_view const>;

/// The text of tl/api.tl.
extern text_pieces const own_schema_pieces;

/// What makes a layer of the next newer one.
struct older_patch {
  int layer = 0;
  text_pieces text = {};
};

/// Those of tl/older, from the newest layer to the oldest.
extern std::span<older_patch const> const older_patches;

}  // namespace mtp::MTP_ABI::testing::transcoding
