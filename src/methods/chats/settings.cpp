// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/chats.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<> set_description(client_core& core, owned_peer chat, std::string text) {
  tl::messages::editChatAbout request;
  request.peer = co_await input_peer(core, std::move(chat));
  request.about = text;
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

chat_methods::chat_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<> chat_methods::set_description(peer_ref chat, std::string_view text) const {
  return detail::start(client_, detail::set_description, chat, text);
}

}  // namespace mtp::MTP_ABI
