// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/status_stream.hpp>

#include "client/client_core.hpp"
#include "client/on_strand.hpp"

namespace mtp::MTP_ABI {

task<std::optional<status_change>> status_stream::next() {
  return detail::on_strand(client_->strand(), client_->status().next(client_, next_));
}

}  // namespace mtp::MTP_ABI
