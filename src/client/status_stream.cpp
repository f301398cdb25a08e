// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/client/status_stream.hpp>

#include "client/client_core.hpp"
#include "client/start.hpp"

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<std::optional<status_change>> next_change(client_core& core, std::uint64_t* number) {
  return core.status().next(*number);
}

}  // namespace
}  // namespace detail

task<std::optional<status_change>> status_stream::next() {
  return detail::start(client_, detail::next_change, &next_);
}

}  // namespace mtp::MTP_ABI
