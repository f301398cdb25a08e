// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/mtproto/client_session.hpp>

namespace mtp::MTP_ABI::net {

/// Where a chain of calls stands: its last call, in the session that has it.
struct call_order {
  std::uint64_t session = 0;  ///< counted over all links; 0 before the first call
  mtproto::request_handle last = {};
};

}  // namespace mtp::MTP_ABI::net
