// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/client/config.hpp>
#include <mtp/core/bytes.hpp>

namespace mtp::MTP_ABI::detail {

/// What stands before a request on a connection that does not know this client: its layer and who
/// it is. The request follows without anything between.
bytes init_connection_prefix(client_config const& config);

}  // namespace mtp::MTP_ABI::detail
