// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.getHistory
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/page.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <fmt/format.h>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<std::vector<message>> get_history(client_core& core, owned_peer of, int limit) {
  if (limit < 1 || limit > message_methods::max_history)
    throw error(make_error_code(client_errc::bad_argument),
                fmt::format("limit is not between 1 and {}", message_methods::max_history));
  tl::messages::getHistory request;
  request.limit = limit;
  request.peer = co_await input_peer(core, std::move(of));
  auto const page = co_await call(core, request);
  co_return read_page(core, page);
}

}  // namespace
}  // namespace detail

task<std::vector<message>> message_methods::get_history(peer_ref peer, int limit) const {
  return detail::start(client_, detail::get_history, peer, limit);
}

}  // namespace mtp::MTP_ABI
