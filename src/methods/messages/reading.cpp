// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.readHistory, /channels.readHistory
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/AffectedMessages.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<> mark_read(client_core& core, owned_peer of, std::int32_t up_to) {
  auto const where = co_await input_peer(core, std::move(of));
  if (auto const* channel = where.get_if<tl::inputPeerChannel>()) {
    tl::channels::readHistory request;
    request.channel =
        tl::inputChannel{.channel_id = channel->channel_id, .access_hash = channel->access_hash};
    request.max_id = up_to;
    co_await call(core, request);
    co_return;
  }
  tl::messages::readHistory request;
  request.peer = where;
  request.max_id = up_to;
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

task<> message_methods::mark_read(peer_ref peer, std::int32_t up_to) const {
  return detail::start(client_, detail::mark_read, peer, up_to);
}

}  // namespace mtp::MTP_ABI
