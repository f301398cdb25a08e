// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "client/client_core.hpp"

#include <mtp/tl/forward.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/types/message.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::detail {

/// The messages that a call sent under the numbers `random_ids`, in their order; the answer has
/// them, or says which they are. Those that the server left out are missing.
///
/// Lifetime: the caller keeps `core` alive; copies all else. Errors: sent_but_unknown when none
/// is found.
task<std::vector<message>> sent_by_numbers(client_core& core, received<tl::Updates> answer,
                                           tl::InputPeer where,
                                           std::vector<std::int64_t> random_ids,
                                           std::string_view method);

/// The same for one.
task<message> sent_by_number(client_core& core, received<tl::Updates> answer, tl::InputPeer where,
                             std::int64_t random_id, std::string_view method);

/// The message that an answer shows anew: edited, or changed otherwise; empty when it shows none.
message shown_in(client_core& core, received<tl::Updates> const& answer, std::int32_t id);

}  // namespace mtp::MTP_ABI::detail
