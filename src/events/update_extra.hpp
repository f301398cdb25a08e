// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/slice.hpp>
#include <mtp/events/client_change.hpp>
#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/updates/lost.hpp>

#include <system_error>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// What an update is that is not one value of TL's Update.
struct update_extra {
  slice unreadable = {};
  std::vector<received<tl::Update>> parts = {};  ///< of an album
  client_change_kind change = client_change_kind::connected;
  std::error_code why = {};
  updates::lost loss = {};
};

}  // namespace mtp::MTP_ABI::detail
