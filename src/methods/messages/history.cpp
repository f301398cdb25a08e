// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.getHistory
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <fmt/format.h>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// Meets whom a page brings, and collects its messages.
std::vector<message> read_page(client_core& core, received<tl::messages::Messages> const& page) {
  std::vector<message> out;
  page->visit([&](auto const& p) {
    if constexpr (requires { p.messages, p.users, p.chats; }) {
      core.account().meet(p.users, p.chats);
      for (auto const& each : p.messages) {
        auto const* text = each.template get_if<tl::message>();
        if (text)
          out.emplace_back(received<tl::message>(page, text), core.weak_from_this(),
                           core.account().self_id());
      }
    }
  });
  return out;
}

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
