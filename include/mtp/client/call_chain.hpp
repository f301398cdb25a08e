// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>

#include <memory>

namespace mtp::MTP_ABI {

class client;
namespace net {
struct call_order;
}

/// Calls that the server executes one after the other, although none waits for the answer to the
/// one before it (https://core.telegram.org/api/invoking#invokeaftermsg). Name it in
/// invoke_options::chain.
///
/// When a call fails, those behind it that were written already are refused with MSG_WAIT_FAILED.
/// The order holds as long as no call is refused and repeated; a call that is cancelled is left
/// out. Copies are the same chain. Threads: one client's calls; the order is that in which they
/// were started.
class MTP_API call_chain {
 public:
  call_chain();

 private:
  friend class client;
  std::shared_ptr<net::call_order> order_;
};

}  // namespace mtp::MTP_ABI
