// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/scheduled-messages
#include <mtp/methods/scheduled.hpp>

#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/lookup.hpp"
#include "methods/messages/page.hpp"
#include "methods/messages/sent.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<std::vector<message>> list_scheduled(client_core& core, owned_peer of) {
  tl::messages::getScheduledHistory request;
  request.peer = co_await input_peer(core, std::move(of));
  auto const page = co_await call(core, request);
  co_return read_page(core, page);
}

task<std::vector<message>> get_scheduled(client_core& core, owned_peer of,
                                         std::vector<std::int32_t> ids) {
  check_ids(ids);
  tl::messages::getScheduledMessages request;
  request.peer = co_await input_peer(core, std::move(of));
  request.id = ids;
  auto const page = co_await call(core, request);
  co_return read_page(core, page);
}

tl::Message const* new_message_in(tl::Update const& update) {
  if (auto const* u = update.get_if<tl::updateNewMessage>()) return &u->message;
  if (auto const* u = update.get_if<tl::updateNewChannelMessage>()) return &u->message;
  return nullptr;
}

std::vector<message> new_messages(client_core& core, received<tl::Updates> const& answer) {
  std::vector<message> out;
  answer->visit([&](auto const& form) {
    if constexpr (requires { form.updates; }) {
      for (auto const& each : form.updates) {
        auto const* whole = new_message_in(each);
        auto const* text = whole ? whole->template get_if<tl::message>() : nullptr;
        if (text)
          out.emplace_back(received<tl::message>(answer, text), core.weak_from_this(),
                           core.account().self_id());
      }
    }
  });
  return out;
}

task<std::vector<message>> send_scheduled(client_core& core, owned_peer of,
                                          std::vector<std::int32_t> ids) {
  check_ids(ids);
  tl::messages::sendScheduledMessages request;
  request.peer = co_await input_peer(core, std::move(of));
  request.id = ids;
  auto const answer = co_await call(core, request);
  co_return new_messages(core, answer);
}

task<> remove_scheduled(client_core& core, owned_peer of, std::vector<std::int32_t> ids) {
  check_ids(ids);
  tl::messages::deleteScheduledMessages request;
  request.peer = co_await input_peer(core, std::move(of));
  request.id = ids;
  co_await call(core, request);
}

std::vector<std::int32_t> owned_ids(std::span<std::int32_t const> ids) {
  return {ids.begin(), ids.end()};
}

}  // namespace
}  // namespace detail

scheduled_methods::scheduled_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<std::vector<message>> scheduled_methods::list(peer_ref peer) const {
  return detail::start(client_, detail::list_scheduled, peer);
}

task<std::vector<message>> scheduled_methods::get(peer_ref peer,
                                                  std::span<std::int32_t const> ids) const {
  return detail::start(client_, detail::get_scheduled, peer, detail::owned_ids(ids));
}

task<std::vector<message>> scheduled_methods::send_now(peer_ref peer,
                                                       std::span<std::int32_t const> ids) const {
  return detail::start(client_, detail::send_scheduled, peer, detail::owned_ids(ids));
}

task<> scheduled_methods::remove(peer_ref peer, std::span<std::int32_t const> ids) const {
  return detail::start(client_, detail::remove_scheduled, peer, detail::owned_ids(ids));
}

}  // namespace mtp::MTP_ABI
