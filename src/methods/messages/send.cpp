// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.sendMessage
#include "client/call.hpp"
#include "methods/messages/find_sent.hpp"
#include "methods/messages/receipt.hpp"
#include "methods/peers/resolve.hpp"
#include "methods/start.hpp"
#include "types/tl_peer.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp {
namespace detail {
namespace {

/// Whose conversation an input peer names.
tl::Peer chat_of(tl::InputPeer const& peer, client_core& core) {
  if (auto const* p = peer.get_if<tl::inputPeerUser>()) return to_tl({peer_kind::user, p->user_id});
  if (auto const* p = peer.get_if<tl::inputPeerChat>()) return to_tl({peer_kind::chat, p->chat_id});
  if (auto const* p = peer.get_if<tl::inputPeerChannel>())
    return to_tl({peer_kind::channel, p->channel_id});
  return core.account().self_peer();
}

tl::messages::sendMessage to_request(std::string const& text, send_message_options options) {
  tl::messages::sendMessage request;
  request.message = text;
  request.silent = options.silent;
  request.no_webpage = !options.link_preview;
  if (options.reply_to) {
    tl::inputReplyToMessage before;
    before.reply_to_msg_id = *options.reply_to;
    request.reply_to = std::move(before);
  }
  return request;
}

/// The message that was sent, put together from the request where the answer is short.
received<tl::message> sent_message(client_core& core, received<tl::Updates> const& answer,
                                   tl::messages::sendMessage const& request, tl::Peer chat) {
  receipt const got(answer, request.random_id);
  auto whole = got.message();
  if (whole) return whole;
  tl::message out;
  out.out = true;
  out.id = got.id();
  out.from_id = core.account().self_peer();
  out.peer_id = std::move(chat);
  out.message = request.message;
  if (auto const* brief = answer->get_if<tl::updateShortSentMessage>()) {
    out.id = brief->id;
    out.date = brief->date;
    out.media = brief->media;
    out.entities = brief->entities;
    out.ttl_period = brief->ttl_period;
  }
  return received<tl::message>::own(std::move(out));
}

task<message> send_message(client_core& core, owned_peer to, std::string text,
                           send_message_options options) {
  tl::messages::sendMessage request = to_request(text, options);
  request.peer = co_await input_peer(core, std::move(to));
  // A repeat of it is not sent twice.
  request.random_id = core.world().random().make<std::int64_t>();
  auto chat = chat_of(request.peer, core);
  received<tl::Updates> answer;
  bool executed_before = false;
  try {
    answer = co_await call(core, request);
  } catch (rpc_error const& e) {
    executed_before = was_sent_before(e);
    if (!executed_before) throw;
  }
  received<tl::message> sent;
  if (executed_before) {
    sent = co_await find_sent_message(core, request, std::move(chat));
  } else {
    sent = sent_message(core, answer, request, std::move(chat));
  }
  message out(std::move(sent), core.weak_from_this(), core.account().self_id());
  co_return out;
}

}  // namespace
}  // namespace detail

message_methods::message_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<message> message_methods::send(peer_ref peer, std::string_view text,
                                    send_message_options options) const {
  return detail::start(client_, detail::send_message, peer, text, options);
}

task<message> message::reply(std::string_view text, send_message_options options) const {
  options.reply_to = id();
  return message_methods(client_.lock()).send(chat(), text, options);
}

}  // namespace mtp
