// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/updates/lost.hpp>

#include <memory>
#include <vector>

namespace mtp::MTP_ABI::updates {

using album_parts = std::vector<received<tl::Update>>;

/// What came for the program: an update, a message that this version cannot read, or the word that
/// others are lost.
struct arrival {
  received<tl::Update> update = {};               ///< of an album its first part
  slice unreadable = {};                          ///< when there is no update
  std::shared_ptr<lost const> loss = {};          ///< instead of both
  bool fetched = false;                           ///< out of the history
  std::shared_ptr<album_parts const> album = {};  ///< null when it is none
};

}  // namespace mtp::MTP_ABI::updates
