// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/call_chain.hpp>

#include "net/call_order.hpp"

namespace mtp::MTP_ABI {

call_chain::call_chain() : order_(std::make_shared<net::call_order>()) {}

}  // namespace mtp::MTP_ABI
