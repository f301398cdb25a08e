// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates.hpp"

#include "handler_table.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::int32_t max_slice = 1000;

outcome<tl::updates::State> get_state(call_context& c, tl::updates::getState const&) {
  return state_of(c);
}

/// New messages stand in a list of their own; everything else is told as updates.
struct difference_parts {
  std::vector<tl::Message> messages = {};
  std::vector<tl::Update> others = {};
};

difference_parts parts_of(call_context& c, view& render, std::vector<account_event> const& events) {
  difference_parts out;
  for (auto const& event : events) {
    auto const* added = std::get_if<message_added>(&event.what);
    if (added) {
      if (auto const* copy = c.box().find(added->id)) out.messages.push_back(render.message(*copy));
    } else if (auto update = render.update(event)) {
      out.others.push_back(std::move(*update));
    }
  }
  return out;
}

template <class Difference>
Difference filled(call_context& c, std::vector<account_event> const& events) {
  view render(c.world, c.account);
  auto news = parts_of(c, render, events);
  Difference out;
  out.new_messages = to_list(std::move(news.messages));
  out.other_updates = to_list(std::move(news.others));
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  return out;
}

outcome<tl::updates::Difference> get_difference(call_context& c,
                                                tl::updates::getDifference const& q) {
  using answer = tl::updates::Difference;
  auto const& state = c.box().state();
  if (q.pts <= 0) return refuse(400, "PERSISTENT_TIMESTAMP_EMPTY");
  if (q.pts == state.pts)
    return answer(tl::updates::differenceEmpty{.date = c.now, .seq = state.seq});
  if (q.pts > state.pts) {
    // The client remembers another life of this world. It takes over the state that it is told.
    tl::updates::difference out;
    out.state = state_of(c);
    return answer(std::move(out));
  }
  auto const limit = std::clamp(q.pts_limit.value_or(max_slice), 1, max_slice);
  auto const events = c.box().since(q.pts, static_cast<std::size_t>(limit));
  bool const too_long = !events || (q.pts_total_limit && state.pts - q.pts > *q.pts_total_limit);
  if (too_long) return answer(tl::updates::differenceTooLong{.pts = state.pts});
  if (events->back().pts == state.pts) {
    auto out = filled<tl::updates::difference>(c, *events);
    out.state = state_of(c);
    return answer(std::move(out));
  }
  auto out = filled<tl::updates::differenceSlice>(c, *events);
  auto reached = state_of(c);
  reached.pts = events->back().pts;
  out.intermediate_state = std::move(reached);
  return answer(std::move(out));
}

}  // namespace

tl::updates::State state_of(call_context const& c) {
  auto const& state = c.box().state();
  return {.pts = state.pts,
          .qts = state.qts,
          .date = c.now,
          .seq = state.seq,
          .unread_count = c.box().unread_count()};
}

void add_update_handlers(handler_table& table) {
  table.on<tl::updates::getState>(get_state);
  table.on<tl::updates::getDifference>(get_difference);
}

}  // namespace mtp::MTP_ABI::testing
