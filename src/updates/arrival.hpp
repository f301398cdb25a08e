// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>

namespace mtp::MTP_ABI::updates {

/// What came for the program: an update, or a message that this version cannot read.
struct arrival {
  received<tl::Update> update = {};
  slice unreadable = {};  ///< when there is no update
};

}  // namespace mtp::MTP_ABI::updates
