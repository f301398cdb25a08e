// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.deleteMessages, /channels.deleteMessages
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/lookup.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/AffectedMessages.hpp>

#include <span>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<> remove_batch(client_core& core, tl::InputPeer const& where, std::vector<std::int32_t> ids,
                    bool for_all) {
  if (auto const* channel = where.get_if<tl::inputPeerChannel>()) {
    tl::channels::deleteMessages request;
    request.channel =
        tl::inputChannel{.channel_id = channel->channel_id, .access_hash = channel->access_hash};
    request.id = ids;
    co_await call(core, request);
    co_return;
  }
  tl::messages::deleteMessages request;
  request.revoke = for_all;
  request.id = ids;
  co_await call(core, request);
}

task<std::vector<std::int32_t>> remove_all(client_core& core, owned_peer of,
                                           std::vector<std::int32_t> ids, delete_options options) {
  check_ids(ids);
  auto const where = co_await input_peer(core, std::move(of));
  auto const there = co_await ids_there(core, where, std::move(ids));
  for (std::size_t first = 0; first < there.size(); first += max_lookup) {
    auto batch = batch_of(there, first);
    co_await remove_batch(core, where, std::move(batch), options.for_all);
  }
  co_return there;
}

task<bool> remove_one(client_core& core, owned_peer of, std::int32_t id, delete_options options) {
  std::vector<std::int32_t> ids(1, id);
  auto const gone = co_await remove_all(core, std::move(of), std::move(ids), options);
  co_return !gone.empty();
}

}  // namespace
}  // namespace detail

task<std::vector<std::int32_t>> message_methods::remove(peer_ref peer,
                                                        std::span<std::int32_t const> ids,
                                                        delete_options options) const {
  std::vector<std::int32_t> all(ids.begin(), ids.end());
  return detail::start(client_, detail::remove_all, peer, std::move(all), options);
}

task<bool> message_methods::remove(peer_ref peer, std::int32_t id, delete_options options) const {
  return detail::start(client_, detail::remove_one, peer, id, options);
}

}  // namespace mtp::MTP_ABI
