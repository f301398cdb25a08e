// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/storage/account_batch.hpp>

#include <string_view>

namespace mtp::MTP_ABI::detail {

/// What `change` does to an account, which holds `after` then.
account_batch to_batch(session_change const& change, session_state const& after,
                       std::string_view consumer);

}  // namespace mtp::MTP_ABI::detail
