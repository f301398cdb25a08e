// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/reactions
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/messages/offset_pages.hpp"
#include "types/tl_peer.hpp"

#include <mtp/methods/reactions.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/AvailableReaction.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/Document.hpp>
#include <mtp/tl/types/MessagePeerReaction.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/messages/AvailableReactions.hpp>
#include <mtp/tl/types/messages/MessageReactionsList.hpp>
#include <mtp/tl/types/messages/Reactions.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

using reactor_list = offset_list<peer_reaction, tl::messages::getMessageReactionsList>;

std::vector<peer_reaction> read_reactors(client_core&, reactor_list::answer const& page,
                                         reactor_list const&) {
  std::vector<peer_reaction> out;
  for (auto const& each : page->reactions) {
    auto const who = to_peer_id(each.peer_id);
    if (who)
      out.push_back({.who = *who,
                     .what = reaction(each.reaction),
                     .date = std::chrono::sys_seconds(std::chrono::seconds(each.date))});
  }
  return out;
}

task<std::vector<available_reaction>> list_available(client_core& core) {
  tl::messages::getAvailableReactions const request;
  auto const answer = co_await call(core, request);
  std::vector<available_reaction> out;
  if (auto const* all = answer->get_if<tl::messages::availableReactions>()) {
    for (auto const& each : all->reactions)
      out.push_back({.what = reaction(each.reaction.str()),
                     .title = each.title.str(),
                     .premium = each.premium,
                     .active = !each.inactive});
  }
  co_return out;
}

template <class Request>
task<std::vector<reaction>> list_some(client_core& core, int limit) {
  Request request;
  request.limit = limit;
  auto const answer = co_await call(core, request);
  std::vector<reaction> out;
  if (auto const* all = answer->template get_if<tl::messages::reactions>()) {
    for (auto const& each : all->reactions) out.emplace_back(each);
  }
  co_return out;
}

template <class Request>
task<> just_call(client_core& core, Request request) {
  co_await call(core, request);
}

}  // namespace
}  // namespace detail

pager<peer_reaction> reaction_methods::who(peer_ref peer, std::int32_t id,
                                           std::optional<reaction> what) const {
  detail::reactor_list of;
  of.where.emplace_back(peer);
  of.request.id = id;
  if (what) of.request.reaction = what->to_tl();
  of.read = detail::read_reactors;
  return {
      std::make_unique<detail::offset_pages<peer_reaction, tl::messages::getMessageReactionsList>>(
          client_, std::move(of)),
      0};
}

task<std::vector<available_reaction>> reaction_methods::available() const {
  return detail::start(client_, detail::list_available);
}

task<std::vector<reaction>> reaction_methods::top(int limit) const {
  return detail::start(client_, detail::list_some<tl::messages::getTopReactions>, limit);
}

task<std::vector<reaction>> reaction_methods::recent(int limit) const {
  return detail::start(client_, detail::list_some<tl::messages::getRecentReactions>, limit);
}

task<> reaction_methods::clear_recent() const {
  return detail::start(client_, detail::just_call<tl::messages::clearRecentReactions>,
                       tl::messages::clearRecentReactions{});
}

task<> reaction_methods::set_default(reaction what) const {
  tl::messages::setDefaultReaction request;
  request.reaction = what.to_tl();
  return detail::start(client_, detail::just_call<tl::messages::setDefaultReaction>,
                       std::move(request));
}

}  // namespace mtp::MTP_ABI
