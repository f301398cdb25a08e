// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/bytes.hpp>
#include <mtp/core/slice.hpp>
#include <mtp/updates/update_number.hpp>

#include <cstdint>
#include <optional>

namespace mtp::MTP_ABI::detail {

/// The box that `call` moves by what its answer says, of those that answer with
/// messages.affected...: a channel, 0 for the account's own; empty for other calls. The call stands
/// without wrappers.
std::optional<std::int64_t> box_moved_by(bytes_view call);

/// How far such an answer moves `box`; empty when it cannot be read.
std::optional<updates::update_number> move_of(std::int64_t box, slice const& answer);

}  // namespace mtp::MTP_ABI::detail
