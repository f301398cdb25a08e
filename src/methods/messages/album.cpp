// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/method/messages.getMessages and /channels.getMessages: no method gives
// an album, so what stands round one of its messages is asked for.
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/page.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputMessage.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/messages/Messages.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

/// So far from a message the others of its album may be: messages of other conversations have
/// numbers in between. One request asks for at most a hundred.
constexpr std::int64_t album_reach = 49;

tl::list<tl::InputMessage> ids_round(std::int32_t id) {
  std::int64_t const first = std::max<std::int64_t>(id - album_reach, 1);
  std::int64_t const last =
      std::min<std::int64_t>(id + album_reach, std::numeric_limits<std::int32_t>::max());
  tl::list<tl::InputMessage> out;
  for (auto each = first; each <= last; ++each)
    out.push_back(tl::inputMessageID{.id = static_cast<std::int32_t>(each)});
  return out;
}

/// Other people's messages have numbers of the same row, unless they stand in a channel.
bool is_in(tl::InputPeer const& where, peer_id chat, std::int64_t self) {
  if (auto const* user = where.get_if<tl::inputPeerUser>())
    return chat == peer_id{peer_kind::user, user->user_id};
  if (auto const* group = where.get_if<tl::inputPeerChat>())
    return chat == peer_id{peer_kind::chat, group->chat_id};
  if (where.holds<tl::inputPeerSelf>()) return chat == peer_id{peer_kind::user, self};
  return chat.kind == peer_kind::channel;
}

std::vector<message> album_of(std::vector<message> all, std::int32_t id) {
  auto const named = std::ranges::find(all, id, &message::id);
  if (named == all.end()) return {};
  auto const album = named->album_id();
  std::erase_if(
      all, [&](message const& each) { return album ? each.album_id() != album : each.id() != id; });
  std::ranges::sort(all, {}, &message::id);
  return all;
}

task<received<tl::messages::Messages>> ask_round(client_core& core, tl::InputPeer const& where,
                                                 std::int32_t id) {
  if (auto const* channel = where.get_if<tl::inputPeerChannel>()) {
    tl::channels::getMessages request;
    request.channel =
        tl::inputChannel{.channel_id = channel->channel_id, .access_hash = channel->access_hash};
    request.id = ids_round(id);
    auto const page = co_await call(core, request);
    co_return page;
  }
  tl::messages::getMessages request;
  request.id = ids_round(id);
  auto const page = co_await call(core, request);
  co_return page;
}

task<std::vector<message>> get_album(client_core& core, owned_peer of, std::int32_t id) {
  if (id < 1) throw error(make_error_code(client_errc::bad_argument), "id is not positive");
  auto const where = co_await input_peer(core, std::move(of));
  auto const page = co_await ask_round(core, where, id);
  auto all = read_page(core, page);
  auto const self = core.account().self_id();
  std::erase_if(all, [&](message const& each) { return !is_in(where, each.chat(), self); });
  co_return album_of(std::move(all), id);
}

}  // namespace
}  // namespace detail

task<std::vector<message>> message_methods::get_album(peer_ref peer, std::int32_t id) const {
  return detail::start(client_, detail::get_album, peer, id);
}

}  // namespace mtp::MTP_ABI
