// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/service_kind.hpp>
#include <mtp/tl/forward.hpp>

#include <span>

namespace mtp::MTP_ABI::detail {

/// What one constructor of TL's MessageAction says.
struct service_row {
  tl::MessageAction::tags of;
  service_kind kind;
};

/// service_kind::other for an empty one.
service_kind kind_of(tl::MessageAction const& action);

/// The table that it looks into: each constructor, in the order of the schema.
std::span<service_row const> all_service_rows();

}  // namespace mtp::MTP_ABI::detail
