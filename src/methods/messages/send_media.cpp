// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.sendMedia
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/sending_options.hpp"
#include "methods/messages/sent.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

task<message> send_one_media(client_core& core, owned_peer to, tl::InputMedia media,
                             std::string caption, owned_sending options) {
  tl::messages::sendMedia request;
  request.message = caption;
  request.media = std::move(media);
  request.random_id = random_id_of(core, options.said.random_id);  // a repeat is not sent twice
  request.peer = co_await input_peer(core, std::move(to));
  auto const ready = co_await make_ready(core, std::move(options), request.peer);
  put_options(ready, request);
  auto answer = co_await call(core, request);
  auto out = co_await sent_by_number(core, std::move(answer), request.peer, request.random_id,
                                     tl::messages::sendMedia::tl_name);
  co_return out;
}

}  // namespace
}  // namespace detail

task<message> message_methods::send_media(peer_ref peer, tl::InputMedia const& media,
                                          std::string_view caption,
                                          send_message_options options) const {
  return detail::start(client_, detail::send_one_media, peer, media, caption, options);
}

}  // namespace mtp::MTP_ABI
