// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.sendMessage
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/find_sent.hpp"
#include "methods/messages/sending_options.hpp"
#include "methods/messages/sending_outcome.hpp"
#include "methods/messages/sent.hpp"
#include "methods/peers/resolve.hpp"
#include "types/tl_peer.hpp"

#include <mtp/events/album.hpp>
#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <chrono>
#include <utility>

namespace mtp::MTP_ABI {
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

/// The time of this machine, for a message whose own the server does not say.
std::int32_t today(client_core& core) {
  auto const since = core.world().now().wall.time_since_epoch();
  return static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::seconds>(since).count());
}

/// A message of which the server says little, put together with what the request says.
received<tl::message> composed(client_core& core, sending_outcome const& known,
                               tl::messages::sendMessage const& request, tl::Peer chat) {
  tl::message out;
  out.out = true;
  out.id = known.id;
  out.date = known.date != 0 ? known.date : today(core);
  out.from_id = core.account().self_peer();
  out.peer_id = std::move(chat);
  out.message = request.message;
  if (known.brief) {
    out.media = known.brief->media;
    out.entities = known.brief->entities;
    out.ttl_period = known.brief->ttl_period;
  }
  return received<tl::message>::own(std::move(out));
}

/// The message that was sent, from the answer; where that is silent it is looked for.
task<received<tl::message>> sent_message(client_core& core, received<tl::Updates> answer,
                                         tl::messages::sendMessage request, tl::Peer chat) {
  sent_text const what{
      .random_id = request.random_id, .chat = chat, .text = request.message.view()};
  sending_outcome const known = outcome_of_sending(*answer, what);
  received<tl::message> found;
  if (known.whole) {
    found = received<tl::message>(answer, known.whole);
  } else if (known.id == 0) {
    found = co_await find_sent_message(core, request, chat);
  } else if (known.date == 0) {
    found = co_await find_message(core, request.peer, known.id);
  }
  if (!found) found = composed(core, known, request, std::move(chat));
  co_return found;
}

/// The answer to a call that sends; empty when the server says that it was executed before.
task<received<tl::Updates>> send_once(client_core& core, tl::messages::sendMessage request) {
  received<tl::Updates> answer;
  try {
    answer = co_await call(core, request);
  } catch (rpc_error const& e) {
    if (!was_sent_before(e)) throw;
  }
  co_return answer;
}

task<message> send_plain(client_core& core, tl::messages::sendMessage request) {
  auto chat = chat_of(request.peer, core);
  auto answer = co_await send_once(core, request);
  received<tl::message> sent;
  if (answer) {
    sent = co_await sent_message(core, std::move(answer), request, std::move(chat));
  } else {
    sent = co_await find_sent_message(core, request, std::move(chat));
  }
  message out(std::move(sent), core.weak_from_this(), core.account().self_id());
  co_return out;
}

/// A text whose page is chosen goes as what shows that page.
task<message> send_with_page(client_core& core, tl::messages::sendMessage plain,
                             ready_sending options) {
  auto const& preview = options.from.said.preview;
  tl::messages::sendMedia request;
  put_options(options, request);
  request.peer = std::move(plain.peer);
  request.message = std::move(plain.message);
  request.random_id = plain.random_id;
  request.media = tl::inputMediaWebPage{.force_large_media = preview.size == preview_size::large,
                                        .force_small_media = preview.size == preview_size::small,
                                        .optional = !request.message.empty(),
                                        .url = tl::string(options.from.preview_url)};
  auto answer = co_await call(core, request);
  auto out = co_await sent_by_number(core, std::move(answer), request.peer, request.random_id,
                                     tl::messages::sendMedia::tl_name);
  co_return out;
}

task<message> send_message(client_core& core, owned_peer to, std::string text,
                           owned_sending options) {
  tl::messages::sendMessage request;
  request.message = text;
  request.random_id = random_id_of(core, options.said.random_id);  // a repeat is not sent twice
  request.peer = co_await input_peer(core, std::move(to));
  auto ready = co_await make_ready(core, std::move(options), request.peer);
  message out;
  if (ready.from.preview_url.empty()) {
    put_options(ready, request);
    out = co_await send_plain(core, std::move(request));
  } else {
    out = co_await send_with_page(core, std::move(request), std::move(ready));
  }
  co_return out;
}

}  // namespace
}  // namespace detail

message_methods::message_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<message> message_methods::send(peer_ref peer, text_ref text,
                                    send_message_options options) const {
  auto const entities = text.entities(options.entities);
  options.entities = &entities;
  return detail::start(client_, detail::send_message, peer, text.text(), options);
}

task<message> message::reply(text_ref text, send_message_options options) const {
  options.reply_to = id();
  return message_methods(client_.lock()).send(chat(), text, options);
}

task<message> album::reply(text_ref text, send_message_options options) const {
  return first().reply(text, options);
}

}  // namespace mtp::MTP_ABI
