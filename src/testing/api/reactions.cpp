// SPDX-License-Identifier: MIT OR Apache-2.0
#include "reactions.hpp"

#include "handler_table.hpp"
#include "peers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace mtp::MTP_ABI::testing {
namespace {

struct known_reaction {
  std::string_view emoji;
  std::string_view title;
};

constexpr std::array known_reactions{
    known_reaction{"\U0001F44D", "Thumbs Up"}, known_reaction{"\U0001F44E", "Thumbs Down"},
    known_reaction{"\u2764", "Red Heart"}, known_reaction{"\U0001F525", "Fire"},
    known_reaction{"\U0001F389", "Party Popper"}};
constexpr std::size_t max_recent = 50;

bool is_known(tl::Reaction const& what) {
  auto const* emoji = what.get_if<tl::reactionEmoji>();
  return emoji && std::ranges::find(known_reactions, emoji->emoticon.view(),
                                    &known_reaction::emoji) != known_reactions.end();
}

/// People give one; who wants more subscribes, which nobody does here.
outcome<> check_reactions(tl::list<tl::Reaction> const& all) {
  if (all.size() > 1) return refuse(400, "REACTIONS_TOO_MANY");
  for (auto const& each : all)
    if (!is_known(each)) return refuse(400, "REACTION_INVALID");
  return {};
}

void remember(call_context& c, tl::list<tl::Reaction> const& all) {
  auto& recent = c.world.recent_reactions_of(c.account);
  for (auto const& each : all) {
    auto written = encode_object(each);
    std::erase(recent, written);
    recent.insert(recent.begin(), std::move(written));
  }
  if (recent.size() > max_recent) recent.resize(max_recent);
}

tl::Update reactions_update(view& render, std::int64_t viewer, message_copy const& copy) {
  tl::updateMessageReactions out;
  out.peer = render.peer_of(copy.where);
  out.msg_id = copy.id;
  out.reactions = reactions_for(render, viewer, copy);
  return out;
}

void tell_reactions(call_context& c, peer where, message_copy const& copy) {
  for (auto const who : c.world.audience(c.account, where)) {
    if (who == c.account) continue;
    auto const theirs = where.kind == world_peer_kind::channel
                            ? std::optional<std::int32_t>(copy.id)
                            : c.world.box(who).id_of(copy.content->uid);
    if (!theirs) continue;
    auto const there = where.kind == world_peer_kind::user ? peer::user(c.account) : where;
    auto const seen = c.world.find_message(who, there, *theirs);
    if (!seen) continue;
    view render(c.world, who);
    auto news = reactions_update(render, who, *seen);
    c.world.box(who).announce(any_update{encode_object(news)}, c.now);
  }
}

tl::Updates reacted(call_context& c, peer where, message_copy const& copy) {
  tell_reactions(c, where, copy);
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  changes.push_back(reactions_update(render, c.account, copy));
  return render.updates(std::move(changes), c.now);
}

outcome<tl::Updates> send_reaction(call_context& c, tl::messages::sendReaction const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  auto const copy = c.world.find_message(c.account, *where, q.msg_id);
  if (!copy || !copy->content->action.empty()) return refuse(400, "MESSAGE_ID_INVALID");
  tl::list<tl::Reaction> all;
  if (q.reaction) all = *q.reaction;
  auto const fine = check_reactions(all);
  if (!fine) return failure{fine.error()};
  auto& given = copy->content->reactions;
  auto written = all.empty() ? bytes{} : encode_object(all);
  auto const before = given.contains(c.account) ? given[c.account] : bytes{};
  if (before == written) return refuse(400, "MESSAGE_NOT_MODIFIED");
  given.erase(c.account);
  if (!all.empty()) given[c.account] = std::move(written);
  if (q.add_to_recent) remember(c, all);
  return reacted(c, *where, *copy);
}

/// Stars go to posts of channels.
outcome<tl::Updates> pay_reaction(call_context& c, tl::messages::sendPaidReaction const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  if (where->kind != world_peer_kind::channel) return refuse(400, "PEER_ID_INVALID");
  auto const copy = c.world.find_message(c.account, *where, q.msg_id);
  if (!copy) return refuse(400, "MESSAGE_ID_INVALID");
  if (q.count < 1 || q.count > 10000) return refuse(400, "REACTIONS_COUNT_INVALID");
  copy->content->paid_reactions[c.account] += q.count;
  return reacted(c, *where, *copy);
}

/// Offsets are numbers of those who reacted.
outcome<tl::messages::MessageReactionsList> list_reactions(
    call_context& c, tl::messages::getMessageReactionsList const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  auto const copy = c.world.find_message(c.account, *where, q.id);
  if (!copy) return refuse(400, "MESSAGE_ID_INVALID");
  bool const told =
      where->kind != world_peer_kind::channel || c.world.all_channels().find(where->id)->megagroup;
  if (!told) return refuse(403, "BROADCAST_FORBIDDEN");
  view render(c.world, c.account);
  std::size_t const begin = q.offset ? std::strtoul(q.offset->str().c_str(), nullptr, 10) : 0;
  auto const limit = static_cast<std::size_t>(std::clamp(q.limit, 1, 100));
  std::vector<tl::messagePeerReaction> list;
  std::size_t number = 0;
  for (auto const& [who, given] : copy->content->reactions) {
    for (auto const& each : decode_stored_list<tl::Reaction>(given)) {
      if (q.reaction && !(each == q.reaction)) continue;
      if (number++ < begin || list.size() == limit) continue;
      tl::messagePeerReaction one;
      one.my = who == c.account;
      one.peer_id = render.peer_of(peer::user(who));
      one.date = copy->content->date;
      one.reaction = each;
      list.push_back(std::move(one));
    }
  }
  tl::messages::messageReactionsList out;
  out.count = static_cast<std::int32_t>(number);
  if (begin + list.size() < number)
    out.next_offset = tl::string(std::to_string(begin + list.size()));
  out.reactions = to_list(std::move(list));
  out.users = to_list(render.users());
  out.chats = to_list(render.chats());
  return tl::messages::MessageReactionsList(std::move(out));
}

outcome<tl::messages::AvailableReactions> available_reactions(
    call_context&, tl::messages::getAvailableReactions const&) {
  tl::messages::availableReactions out;
  for (auto const& each : known_reactions) {
    tl::availableReaction one;
    one.reaction = tl::string(each.emoji);
    one.title = tl::string(each.title);
    for (auto* file : {&one.static_icon, &one.appear_animation, &one.select_animation,
                       &one.activate_animation, &one.effect_animation})
      *file = tl::documentEmpty{};
    out.reactions.push_back(std::move(one));
  }
  return tl::messages::AvailableReactions(std::move(out));
}

outcome<tl::messages::Reactions> top_reactions(call_context&,
                                               tl::messages::getTopReactions const& q) {
  tl::messages::reactions out;
  for (auto const& each : known_reactions) {
    if (static_cast<std::int32_t>(out.reactions.size()) >= q.limit) break;
    out.reactions.push_back(tl::reactionEmoji{.emoticon = tl::string(each.emoji)});
  }
  return tl::messages::Reactions(std::move(out));
}

outcome<tl::messages::Reactions> recent_reactions(call_context& c,
                                                  tl::messages::getRecentReactions const& q) {
  tl::messages::reactions out;
  for (auto const& each : c.world.recent_reactions_of(c.account)) {
    if (static_cast<std::int32_t>(out.reactions.size()) >= q.limit) break;
    out.reactions.push_back(decode_stored<tl::Reaction>(each));
  }
  return tl::messages::Reactions(std::move(out));
}

outcome<bool> clear_recent(call_context& c, tl::messages::clearRecentReactions const&) {
  c.world.recent_reactions_of(c.account).clear();
  return true;
}

outcome<bool> set_default(call_context&, tl::messages::setDefaultReaction const& q) {
  if (!is_known(q.reaction)) return refuse(400, "REACTION_INVALID");
  return true;
}

outcome<tl::messages::AffectedHistory> read_reactions(call_context& c,
                                                      tl::messages::readReactions const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  return tl::messages::AffectedHistory{.pts = c.box().state().pts, .pts_count = 0, .offset = 0};
}

/// Adds one of them to the row of its kind.
void count_reaction(std::vector<tl::reactionCount>& rows, tl::Reaction const& what,
                    std::int32_t count, bool ours) {
  auto at = std::ranges::find(rows, what, &tl::reactionCount::reaction);
  if (at == rows.end()) {
    rows.push_back({.reaction = what, .count = 0});
    at = rows.end() - 1;
  }
  at->count += count;
  if (ours) at->chosen_order = 0;
}

}  // namespace

tl::messageReactions reactions_for(view& render, std::int64_t viewer, message_copy const& of) {
  tl::messageReactions out;
  std::vector<tl::reactionCount> rows;
  out.can_see_list = of.where.kind != world_peer_kind::channel;
  tl::list<tl::messagePeerReaction> recent;
  for (auto const& [who, given] : of.content->reactions) {
    for (auto const& each : decode_stored_list<tl::Reaction>(given)) {
      count_reaction(rows, each, 1, who == viewer);
      if (!out.can_see_list) continue;
      tl::messagePeerReaction one;
      one.my = who == viewer;
      one.peer_id = render.peer_of(peer::user(who));
      one.date = of.content->date;
      one.reaction = each;
      recent.push_back(std::move(one));
    }
  }
  for (auto const& [who, stars] : of.content->paid_reactions)
    count_reaction(rows, tl::reactionPaid{}, stars, who == viewer);
  out.results = to_list(std::move(rows));
  if (!recent.empty()) out.recent_reactions = std::move(recent);
  return out;
}

void add_reaction_handlers(handler_table& table) {
  table.on<tl::messages::sendReaction>(send_reaction);
  table.on<tl::messages::sendPaidReaction>(pay_reaction);
  table.on<tl::messages::getMessageReactionsList>(list_reactions);
  table.on<tl::messages::getAvailableReactions>(available_reactions);
  table.on<tl::messages::getTopReactions>(top_reactions);
  table.on<tl::messages::getRecentReactions>(recent_reactions);
  table.on<tl::messages::clearRecentReactions>(clear_recent);
  table.on<tl::messages::setDefaultReaction>(set_default);
  table.on<tl::messages::readReactions>(read_reactions);
}

}  // namespace mtp::MTP_ABI::testing
