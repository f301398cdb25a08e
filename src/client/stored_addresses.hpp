// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/net/address_book.hpp>
#include <mtp/storage/session_state.hpp>

#include <vector>

namespace mtp::MTP_ABI::detail {

stored_address to_stored_address(dc_endpoint const& one);
dc_endpoint to_endpoint(stored_address const& one);
std::vector<dc_endpoint> to_endpoints(std::vector<stored_address> const& all);

}  // namespace mtp::MTP_ABI::detail
