// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.sendMultiMedia
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/album_parts.hpp"
#include "methods/messages/sending_options.hpp"
#include "methods/messages/sent.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputMedia.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputSingleMedia.hpp>
#include <mtp/tl/types/MessageMedia.hpp>
#include <mtp/tl/types/Updates.hpp>

#include <iterator>
#include <span>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

constexpr std::size_t max_album = 10;

/// Parts that are ready to go, and with what else each may stand.
struct ready_album {
  std::vector<tl::inputSingleMedia> parts = {};
  std::vector<album_kind> kinds = {};
};

/// The server wants what goes into an album to be uploaded before:
/// https://core.telegram.org/method/messages.uploadMedia
task<ready_album> upload_parts(client_core& core, tl::InputPeer where,
                               std::vector<album_part> parts) {
  ready_album out;
  for (auto& each : parts) {
    tl::messages::uploadMedia request;
    request.peer = where;
    request.media = each.media;
    auto const uploaded = co_await call(core, request);
    auto kept = as_part(*uploaded, each.media);
    tl::inputSingleMedia part;
    part.media = kept ? std::move(kept) : std::move(each.media);
    part.message = each.caption;
    if (!each.entities.empty()) part.entities = std::move(each.entities);
    part.random_id = random_id_of(core, {});
    out.parts.push_back(std::move(part));
    out.kinds.push_back(kind_of(*uploaded));
  }
  co_return out;
}

task<std::vector<message>> send_single(client_core& core, tl::InputPeer where,
                                       tl::inputSingleMedia part, ready_sending const& ready) {
  tl::messages::sendMedia request;
  put_options(ready, request);
  request.peer = std::move(where);
  request.media = std::move(part.media);
  request.message = std::move(part.message);
  request.entities = std::move(part.entities);
  request.random_id = part.random_id;
  auto answer = co_await call(core, request);
  std::vector<std::int64_t> ids(1, request.random_id);
  auto out = co_await sent_by_numbers(core, std::move(answer), request.peer, std::move(ids),
                                      tl::messages::sendMedia::tl_name);
  co_return out;
}

task<std::vector<message>> send_together(client_core& core, tl::InputPeer where,
                                         std::vector<tl::inputSingleMedia> parts,
                                         ready_sending const& ready) {
  tl::messages::sendMultiMedia request;
  put_options(ready, request);
  request.peer = std::move(where);
  std::vector<std::int64_t> ids;
  for (auto& part : parts) {
    ids.push_back(part.random_id);
    request.multi_media.push_back(std::move(part));
  }
  auto answer = co_await call(core, request);
  auto out = co_await sent_by_numbers(core, std::move(answer), request.peer, std::move(ids),
                                      tl::messages::sendMultiMedia::tl_name);
  co_return out;
}

task<std::vector<message>> send_album(client_core& core, owned_peer to,
                                      std::vector<album_part> parts, owned_sending options) {
  auto const wrong = [](char const* why) {
    throw error(make_error_code(client_errc::bad_argument), why);
  };
  if (parts.empty()) wrong("the album has no parts");
  if (options.said.random_id) wrong("random_id is set for several messages");
  auto const where = co_await input_peer(core, std::move(to));
  auto const ready = co_await make_ready(core, std::move(options), where);
  auto album = co_await upload_parts(core, where, std::move(parts));
  std::vector<message> out;
  auto const cuts = cut_into_albums(album.kinds, max_album);
  for (auto const& [first, count] : cuts) {
    auto const begin = album.parts.begin() + static_cast<std::ptrdiff_t>(first);
    std::vector<tl::inputSingleMedia> some(begin, begin + static_cast<std::ptrdiff_t>(count));
    std::vector<message> sent;
    if (count == 1) {
      sent = co_await send_single(core, where, std::move(some.front()), ready);
    } else {
      sent = co_await send_together(core, where, std::move(some), ready);
    }
    out.insert(out.end(), std::make_move_iterator(sent.begin()),
               std::make_move_iterator(sent.end()));
  }
  co_return out;
}

}  // namespace
}  // namespace detail

task<std::vector<message>> message_methods::send_album(peer_ref peer,
                                                       std::span<album_part const> parts,
                                                       send_message_options options) const {
  std::vector<album_part> all(parts.begin(), parts.end());
  return detail::start(client_, detail::send_album, peer, std::move(all), options);
}

}  // namespace mtp::MTP_ABI
