// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.sendMedia
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/find_sent.hpp"
#include "methods/messages/sending_outcome.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/files.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputFile.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

tl::InputMedia media_of(uploaded_file const& file, send_file_options const& options) {
  if (options.as_photo) {
    tl::inputMediaUploadedPhoto out;
    out.file = to_input_file(file);
    out.spoiler = options.spoiler;
    return out;
  }
  auto out = to_input_media(file);
  out.get_if<tl::inputMediaUploadedDocument>()->spoiler = options.spoiler;
  return out;
}

std::int64_t number_of_file(client_core& core, send_file_options const& options) {
  if (options.random_id == 0)
    throw error(make_error_code(client_errc::bad_argument), "random_id is 0");
  if (options.random_id) return *options.random_id;
  return core.world().random().make<std::int64_t>();
}

tl::messages::sendMedia media_request(uploaded_file const& file, std::string const& caption,
                                      send_file_options const& options) {
  tl::messages::sendMedia request;
  request.media = media_of(file, options);
  request.message = caption;
  request.silent = options.silent;
  if (options.reply_to)
    request.reply_to = tl::inputReplyToMessage{.reply_to_msg_id = *options.reply_to};
  return request;
}

/// The message that was sent. The answer has it whole, or says which one it is.
task<received<tl::message>> sent_file(client_core& core, received<tl::Updates> answer,
                                      tl::InputPeer peer, std::int64_t random_id) {
  sent_text const what{.random_id = random_id};
  sending_outcome const known = outcome_of_sending(*answer, what);
  received<tl::message> found;
  if (known.whole) {
    found = received<tl::message>(answer, known.whole);
  } else if (known.id != 0) {
    found = co_await find_message(core, std::move(peer), known.id);
  }
  if (!found) throw sent_but_unknown(tl::messages::sendMedia::tl_name);
  co_return found;
}

task<message> send_uploaded(client_core& core, owned_peer to, uploaded_file file,
                            std::string caption, send_file_options options) {
  auto request = media_request(file, caption, options);
  request.random_id = number_of_file(core, options);  // a repeat of it is not sent twice
  request.peer = co_await input_peer(core, std::move(to));
  auto answer = co_await call(core, request);
  auto sent = co_await sent_file(core, std::move(answer), request.peer, request.random_id);
  message out(std::move(sent), core.weak_from_this(), core.account().self_id());
  co_return out;
}

}  // namespace
}  // namespace detail

task<message> file_methods::send(peer_ref peer, uploaded_file const& file, std::string_view caption,
                                 send_file_options options) const {
  return detail::start(client_, detail::send_uploaded, peer, file, caption, options);
}

}  // namespace mtp::MTP_ABI
