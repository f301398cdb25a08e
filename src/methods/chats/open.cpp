// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates#subscribing-to-updates-of-channels-supergroups
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/client/client.hpp>
#include <mtp/client/open_chat.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/ChatFull.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/messages/ChatFull.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

using watched = std::pair<peer_id, std::shared_ptr<updates::watched_channel>>;

/// Where the channel stands now, as the server says.
task<> begin_channel(client_core& core, tl::inputChannel channel) {
  tl::channels::getFullChannel request;
  request.channel = channel;
  auto const answer = co_await call(core, request);
  core.account().meet(answer->users, answer->chats);
  auto const* full = answer->full_chat.get_if<tl::channelFull>();
  if (!full) throw error(make_error_code(client_errc::decode), "the answer is about no channel");
  core.updates().begin_channel(channel.channel_id, full->pts);
}

task<watched> open_channel(client_core& core, owned_peer peer) {
  auto const named = co_await input_peer(core, std::move(peer));
  auto const* channel = named.get_if<tl::inputPeerChannel>();
  if (!channel)
    throw error(make_error_code(client_errc::bad_argument), "only channels and supergroups open");
  auto const id = channel->channel_id;
  if (!core.updates().knows_channel(id)) {
    tl::inputChannel where{.channel_id = id, .access_hash = channel->access_hash};
    co_await begin_channel(core, std::move(where));
  }
  watched out(peer_id{peer_kind::channel, id}, core.updates().watch_channel(id));
  co_return out;
}

}  // namespace
}  // namespace detail

task<open_chat> client::open(peer_ref peer) {
  auto opened = detail::start(core_, detail::open_channel, peer);
  return open_with(std::move(opened));
}

task<open_chat> client::open_with(
    task<std::pair<peer_id, std::shared_ptr<updates::watched_channel>>> opened) {
  auto one = co_await std::move(opened);
  co_return open_chat(one.first, std::move(one.second));
}

}  // namespace mtp::MTP_ABI
