// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/pin
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/lookup.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/messages/AffectedHistory.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<> change_pin(client_core& core, owned_peer of, tl::messages::updatePinnedMessage request) {
  if (request.id < 1) throw error(make_error_code(client_errc::bad_argument), "id is not positive");
  request.peer = co_await input_peer(core, std::move(of));
  co_await call(core, request);
}

/// The servers do it in parts, and say how much is left.
task<> take_all_pins(client_core& core, owned_peer of, std::optional<std::int32_t> topic) {
  tl::messages::unpinAllMessages request;
  request.peer = co_await input_peer(core, std::move(of));
  request.top_msg_id = topic;
  bool is_done = false;
  while (!is_done) {
    auto const part = co_await call(core, request);
    is_done = part->offset <= 0;
  }
}

}  // namespace
}  // namespace detail

task<> message_methods::pin(peer_ref peer, std::int32_t id, pin_options options) const {
  tl::messages::updatePinnedMessage request;
  request.id = id;
  request.silent = options.silent;
  request.pm_oneside = options.only_for_us;
  return detail::start(client_, detail::change_pin, peer, std::move(request));
}

task<> message_methods::unpin(peer_ref peer, std::int32_t id) const {
  tl::messages::updatePinnedMessage request;
  request.id = id;
  request.unpin = true;
  return detail::start(client_, detail::change_pin, peer, std::move(request));
}

task<> message_methods::unpin_all(peer_ref peer, std::optional<std::int32_t> topic) const {
  return detail::start(client_, detail::take_all_pins, peer, topic);
}

}  // namespace mtp::MTP_ABI
