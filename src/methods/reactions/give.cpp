// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/reactions
#include "client/call.hpp"
#include "client/start.hpp"
#include "methods/peers/resolve.hpp"

#include <mtp/methods/reactions.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessageReactions.hpp>
#include <mtp/tl/types/PaidReactionPrivacy.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Reaction.hpp>
#include <mtp/tl/types/ReactionCount.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/tl/types/messages/AffectedHistory.hpp>

#include <utility>

namespace mtp::MTP_ABI {
namespace detail {
namespace {

std::vector<reaction_total> totals_of(tl::messageReactions const& all) {
  std::vector<reaction_total> out;
  for (auto const& each : all.results)
    out.push_back({.what = reaction(each.reaction),
                   .count = each.count,
                   .ours = each.chosen_order.has_value()});
  return out;
}

/// The reactions that an update says a message has; null when it says nothing of them.
tl::messageReactions const* reactions_in(tl::Update const& update, std::int32_t id) {
  if (auto const* u = update.get_if<tl::updateMessageReactions>())
    return u->msg_id == id ? &u->reactions : nullptr;
  tl::Message const* edited = nullptr;
  if (auto const* u = update.get_if<tl::updateEditMessage>()) edited = &u->message;
  if (auto const* u = update.get_if<tl::updateEditChannelMessage>()) edited = &u->message;
  auto const* text = edited ? edited->get_if<tl::message>() : nullptr;
  if (!text || text->id != id || !text->reactions) return nullptr;
  return &*text->reactions;
}

std::vector<reaction_total> read_totals(tl::Updates const& answer, std::int32_t id) {
  std::vector<reaction_total> out;
  answer.visit([&](auto const& form) {
    if constexpr (requires { form.updates; }) {
      for (auto const& each : form.updates)
        if (auto const* all = reactions_in(each, id)) out = totals_of(*all);
    }
    if constexpr (requires { form.update; }) {
      if (auto const* all = reactions_in(form.update, id)) out = totals_of(*all);
    }
  });
  return out;
}

void check_message_id(std::int32_t id) {
  if (id < 1) throw error(make_error_code(client_errc::bad_argument), "id is not positive");
}

template <class Request>
task<std::vector<reaction_total>> react(client_core& core, owned_peer of, Request request) {
  check_message_id(request.msg_id);
  request.peer = co_await input_peer(core, std::move(of));
  auto const answer = co_await call(core, request);
  co_return read_totals(*answer, request.msg_id);
}

task<std::vector<reaction_total>> pay_stars(client_core& core, owned_peer of, std::int32_t id,
                                            std::int32_t stars) {
  if (stars < 1) throw error(make_error_code(client_errc::bad_argument), "stars is not positive");
  tl::messages::sendPaidReaction request;
  request.msg_id = id;
  request.count = stars;
  // Its upper half is a time: https://core.telegram.org/api/reactions#paid-reactions
  auto const now =
      std::chrono::duration_cast<std::chrono::seconds>(core.world().now().wall.time_since_epoch());
  request.random_id = static_cast<std::int64_t>((static_cast<std::uint64_t>(now.count()) << 32) |
                                                core.world().random().make<std::uint32_t>());
  auto out = co_await react(core, std::move(of), std::move(request));
  co_return out;
}

task<> read_reactions(client_core& core, owned_peer of) {
  tl::messages::readReactions request;
  request.peer = co_await input_peer(core, std::move(of));
  bool is_done = false;
  while (!is_done) {
    auto const part = co_await call(core, request);
    is_done = part->offset <= 0;
  }
}

}  // namespace
}  // namespace detail

reaction_methods::reaction_methods(std::shared_ptr<detail::client_core> client)
    : client_(std::move(client)) {}

task<std::vector<reaction_total>> reaction_methods::give(peer_ref peer, std::int32_t id,
                                                         std::span<reaction const> all,
                                                         reaction_options options) const {
  tl::messages::sendReaction request;
  request.msg_id = id;
  request.big = options.big;
  request.add_to_recent = options.remember;
  tl::list<tl::Reaction> list;
  for (auto const& each : all) list.push_back(each.to_tl());
  request.reaction = std::move(list);
  return detail::start(client_, detail::react<tl::messages::sendReaction>, peer,
                       std::move(request));
}

task<std::vector<reaction_total>> reaction_methods::give(peer_ref peer, std::int32_t id,
                                                         reaction what,
                                                         reaction_options options) const {
  return give(peer, id, std::span<reaction const>(&what, 1), options);
}

task<std::vector<reaction_total>> reaction_methods::take_back(peer_ref peer,
                                                              std::int32_t id) const {
  return give(peer, id, std::span<reaction const>{});
}

task<std::vector<reaction_total>> reaction_methods::pay(peer_ref peer, std::int32_t id,
                                                        std::int32_t stars) const {
  return detail::start(client_, detail::pay_stars, peer, id, stars);
}

task<> reaction_methods::mark_read(peer_ref peer) const {
  return detail::start(client_, detail::read_reactions, peer);
}

}  // namespace mtp::MTP_ABI
