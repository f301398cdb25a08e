// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.editMessage
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/find_sent.hpp"
#include "methods/messages/lookup.hpp"
#include "methods/messages/named_people.hpp"
#include "methods/messages/sent.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageEntity.hpp>
#include <mtp/tl/types/ReplyMarkup.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// What an edit changes; made before anything suspends, with copies of all views.
tl::messages::editMessage edit_request(std::int32_t id, edit_message_options const& options) {
  tl::messages::editMessage request;
  request.id = id;
  request.no_webpage = !options.link_preview;
  request.invert_media = options.inverted;
  if (options.keyboard) request.reply_markup = *options.keyboard;
  if (options.entities) request.entities = *options.entities;
  if (options.at)
    request.schedule_date = static_cast<std::int32_t>(options.at->time_since_epoch().count());
  return request;
}

/// An answer that does not show the message is made up for by asking for it.
task<message> edit_message(client_core& core, owned_peer of, tl::messages::editMessage request) {
  if (request.id < 1) throw error(make_error_code(client_errc::bad_argument), "id is not positive");
  request.peer = co_await input_peer(core, std::move(of));
  if (request.entities)
    request.entities = co_await with_named_people(core, *std::move(request.entities));
  auto const answer = co_await call(core, request);
  auto out = shown_in(core, answer, request.id);
  if (!out.raw()) {
    auto found = co_await find_message(core, request.peer, request.id);
    if (found) out = message(std::move(found), core.weak_from_this(), core.account().self_id());
  }
  if (!out.raw()) throw sent_but_unknown(tl::messages::editMessage::tl_name);
  co_return out;
}

}  // namespace
}  // namespace detail

task<message> message_methods::edit(peer_ref peer, std::int32_t id, text_ref text,
                                    edit_message_options options) const {
  auto const entities = text.entities(options.entities);
  options.entities = entities.empty() ? nullptr : &entities;
  auto request = detail::edit_request(id, options);
  request.message = tl::string(text.text());
  return detail::start(client_, detail::edit_message, peer, std::move(request));
}

task<message> message_methods::edit_keyboard(peer_ref peer, std::int32_t id,
                                             keyboard_ref keyboard) const {
  auto request = detail::edit_request(id, {.keyboard = keyboard});
  return detail::start(client_, detail::edit_message, peer, std::move(request));
}

task<message> message_methods::edit_media(peer_ref peer, std::int32_t id,
                                          tl::InputMedia const& media,
                                          std::optional<std::string> text,
                                          edit_message_options options) const {
  auto request = detail::edit_request(id, options);
  request.media = media;
  if (text) request.message = tl::string(*text);
  return detail::start(client_, detail::edit_message, peer, std::move(request));
}

}  // namespace mtp::MTP_ABI
