// SPDX-License-Identifier: MIT OR Apache-2.0
//
// RANDOM_ID_DUPLICATE: https://core.telegram.org/method/messages.sendMessage
#include "methods/messages/find_sent.hpp"

#include "client/call.hpp"
#include "methods/messages/sending_outcome.hpp"
#include "types/tl_peer.hpp"

#include <mtp/core/refusal.hpp>
#include <mtp/tl/functions/channels.hpp>
#include <mtp/tl/functions/updates.hpp>
#include <mtp/tl/types/ChannelMessagesFilter.hpp>
#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/InputChannel.hpp>
#include <mtp/tl/types/InputMessage.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/messages/Messages.hpp>
#include <mtp/tl/types/updates/ChannelDifference.hpp>
#include <mtp/tl/types/updates/Difference.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace mtp::MTP_ABI::detail {
namespace {

constexpr int searched_history = 100;
/// Parts of a difference that are read before the search is given up.
constexpr int max_parts = 20;

/// What is looked for.
struct wanted_message {
  tl::Peer chat;
  std::string text;

  bool fits(tl::message const& one) const {
    return one.out && one.peer_id == chat && is_same_text(one.message.view(), text);
  }
};

/// Keeps the newest message that fits.
void look_through(tl::list<tl::Message> const& all, wanted_message const& wanted,
                  tl::message const*& newest) {
  for (auto const& each : all) {
    auto const* text = each.get_if<tl::message>();
    if (text && wanted.fits(*text) && (!newest || text->id > newest->id)) newest = text;
  }
}

/// The newest message that fits among those that any form of `whole` holds.
template <class Whole>
received<tl::message> pick(received<Whole> const& whole, wanted_message const& wanted) {
  tl::message const* newest = nullptr;
  whole->visit([&](auto const& form) {
    if constexpr (requires { form.new_messages; }) look_through(form.new_messages, wanted, newest);
    if constexpr (requires { form.messages; }) look_through(form.messages, wanted, newest);
  });
  if (!newest) return {};
  return {whole, newest};
}

task<received<tl::message>> find_in_history(client_core& core, tl::InputPeer peer,
                                            wanted_message wanted) {
  tl::messages::getHistory request;
  request.peer = std::move(peer);
  request.limit = searched_history;
  auto const page = co_await call(core, request);
  co_return pick(page, wanted);
}

task<received<tl::message>> find_in_difference(client_core& core, wanted_message wanted) {
  received<tl::message> found;
  if (!core.state().updates) co_return found;
  tl::updates::getDifference request;
  request.pts = core.state().updates->pts;
  request.qts = core.state().updates->qts;
  request.date = std::max(core.state().updates->date, 1);
  for (int part = 0; part < max_parts; ++part) {
    auto const answer = co_await call(core, request);
    auto newer = pick(answer, wanted);
    if (newer) found = std::move(newer);
    auto const* slice = answer->get_if<tl::updates::differenceSlice>();
    if (!slice || slice->intermediate_state.pts <= request.pts) break;
    request.pts = slice->intermediate_state.pts;
    request.qts = slice->intermediate_state.qts;
    request.date = slice->intermediate_state.date;
  }
  co_return found;
}

task<received<tl::message>> find_in_channel(client_core& core, tl::inputPeerChannel channel,
                                            wanted_message wanted) {
  received<tl::message> found;
  auto const known = core.state().channel_pts.find(channel.channel_id);
  if (known == core.state().channel_pts.end()) co_return found;
  tl::updates::getChannelDifference request;
  request.channel =
      tl::inputChannel{.channel_id = channel.channel_id, .access_hash = channel.access_hash};
  request.filter = tl::channelMessagesFilterEmpty{};
  request.pts = std::max(known->second, 1);
  request.limit = core.updates().channel_limit();
  for (int part = 0; part < max_parts; ++part) {
    auto const answer = co_await call(core, request);
    auto newer = pick(answer, wanted);
    if (newer) found = std::move(newer);
    auto const* some = answer->get_if<tl::updates::channelDifference>();
    if (!some || some->final || some->pts <= request.pts) break;
    request.pts = some->pts;
  }
  co_return found;
}

/// Looks where this account may look.
task<received<tl::message>> search(client_core& core, tl::InputPeer peer, wanted_message wanted) {
  received<tl::message> found;
  auto const* channel = peer.get_if<tl::inputPeerChannel>();
  bool const bot = core.state().self && core.state().self->bot;
  if (!bot) {
    found = co_await find_in_history(core, std::move(peer), std::move(wanted));
  } else if (channel) {
    found = co_await find_in_channel(core, *channel, std::move(wanted));
  } else {
    found = co_await find_in_difference(core, std::move(wanted));
  }
  co_return found;
}

/// The message with that id, in whatever form the answer has.
template <class Whole>
received<tl::message> pick(received<Whole> const& whole, std::int32_t id) {
  tl::message const* found = nullptr;
  whole->visit([&](auto const& form) {
    if constexpr (requires { form.messages; }) {
      for (auto const& each : form.messages) {
        auto const* text = each.template get_if<tl::message>();
        if (text && text->id == id) found = text;
      }
    }
  });
  if (!found) return {};
  return {whole, found};
}

task<received<tl::message>> get_by_id(client_core& core, tl::InputPeer peer, std::int32_t id) {
  received<tl::messages::Messages> answer;
  if (auto const* channel = peer.get_if<tl::inputPeerChannel>()) {
    tl::channels::getMessages request;
    request.channel =
        tl::inputChannel{.channel_id = channel->channel_id, .access_hash = channel->access_hash};
    request.id.push_back(tl::inputMessageID{.id = id});
    answer = co_await call(core, request);
  } else {
    tl::messages::getMessages request;
    request.id.push_back(tl::inputMessageID{.id = id});
    answer = co_await call(core, request);
  }
  co_return pick(answer, id);
}

void log_failed_search(client_core& core, rpc_error const& why) {
  core.log(log_level::info, std::string("looking for a message that was sent: ") + why.what());
}

}  // namespace

bool was_sent_before(rpc_error const& why) {
  return reason_of(why.failure()) == refusal_reason::executed_before;
}

task<received<tl::message>> find_sent_message(client_core& core, tl::messages::sendMessage request,
                                              tl::Peer chat) {
  received<tl::message> found;
  wanted_message wanted{.chat = std::move(chat), .text = request.message.str()};
  try {
    found = co_await search(core, request.peer, std::move(wanted));
  } catch (rpc_error const& e) {
    log_failed_search(core, e);
  }
  if (!found) throw sent_but_unknown(tl::messages::sendMessage::tl_name);
  co_return found;
}

task<received<tl::message>> find_message(client_core& core, tl::InputPeer peer, std::int32_t id) {
  received<tl::message> found;
  try {
    found = co_await get_by_id(core, std::move(peer), id);
  } catch (rpc_error const& e) {
    log_failed_search(core, e);
  }
  co_return found;
}

}  // namespace mtp::MTP_ABI::detail
