// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What no difference holds any more, out of the history.
#include "updates/meet_of.hpp"
#include "updates/retry_delay.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/Dialog.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Peer.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/messages/Messages.hpp>
#include <mtp/updates/sequencer.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

/// Of whatever kind the answer is.
std::optional<meet> people_in(received<tl::messages::Messages> const& answer) {
  using namespace tl::messages;
  if (!answer || !*answer) return {};
  return answer->visit([&](auto const& one) -> std::optional<meet> {
    using kind = std::remove_cvref_t<decltype(one)>;
    if constexpr (requires { one.users; }) return meet_of(received<kind>(answer, &one));
    return {};
  });
}

struct place {
  std::int64_t channel = 0;
  std::int32_t message = 0;
};

template <class Message>
place place_of(Message const& one) {
  auto const* channel = one.peer_id.template get_if<tl::peerChannel>();
  return {.channel = channel ? channel->channel_id : 0, .message = one.id};
}

std::optional<place> place_of_new(tl::Update const& one) {
  tl::Message const* message = nullptr;
  if (auto const* u = one.get_if<tl::updateNewMessage>()) message = &u->message;
  if (auto const* u = one.get_if<tl::updateNewChannelMessage>()) message = &u->message;
  if (!message) return {};
  if (auto const* text = message->get_if<tl::message>()) return place_of(*text);
  if (auto const* service = message->get_if<tl::messageService>()) return place_of(*service);
  return {};
}

}  // namespace

/// From the newest message on its history is walked, should that be needed.
void sequencer::note_message(tl::Update const& one) {
  auto const at = place_of_new(one);
  if (!at) return;
  auto& newest = messages_[at->channel];
  if (at->message <= newest) return;
  newest = at->message;
  new_messages_.insert(at->channel);
}

history_walk const* sequencer::walk_of(std::int64_t channel) const {
  for (auto const& one : walks_) {
    if (one.where().channel == channel) return &one;
  }
  return nullptr;
}

history_walk* sequencer::find_walk(std::int64_t channel) {
  return const_cast<history_walk*>(walk_of(channel));
}

void sequencer::drop_walk(std::int64_t channel) {
  std::erase_if(walks_, [=](auto const& one) { return one.where().channel == channel; });
}

/// False when nobody wants it, or it is not known what is missing.
bool sequencer::begin_walk(hole what) {
  auto const known = messages_.find(what.channel);
  if (known == messages_.end() || backfill_.max_messages <= 0) return false;
  drop_walk(what.channel);
  what.known = known->second;
  what.date = boxes_.state().date;
  walks_.emplace_back(what, backfill_);
  return true;
}

void sequencer::go_on_walking(std::int64_t channel, channel_schedule::entry const& before,
                              duration wait, steady_time now) {
  auto const* walk = walk_of(channel);
  bool const is_over = !walk || !walk->next();
  if (is_over && channel == 0) return end_account_walk(now);
  if (is_over) return end_walk(channel, before, now);
  walk_due_ = channel == 0 ? now + wait : walk_due_;
  if (channel == 0) return;
  channels_.schedule(channel, {.due = now + wait, .is_walking = true, .again = before.again});
}

void sequencer::apply_history(std::int64_t channel, received<tl::messages::Messages> const& answer,
                              steady_time now) {
  auto const before = channels_.take_asked(channel).value_or(channel_schedule::entry());
  auto* walk = find_walk(channel);
  if (!walk) return;
  if (auto people = people_in(answer)) add_effect(*std::move(people));
  for (auto& update : walk->on_messages(answer)) {
    note_message(*update);
    add_effect(deliver{.update = std::move(update), .fetched = true});
  }
  go_on_walking(channel, before, backfill_.pause, now);
}

void sequencer::on_history_failed(std::int64_t channel, error_info const& why, steady_time now) {
  auto const before = channels_.take_asked(channel).value_or(channel_schedule::entry());
  auto* walk = find_walk(channel);
  if (!walk) return;
  auto const wait = walk->on_failed(why);
  go_on_walking(channel, before, wait.value_or(duration()), now);
}

/// The channel goes on from where the server is.
void sequencer::end_walk(std::int64_t channel, channel_schedule::entry const& before,
                         steady_time now) {
  auto const* walk = walk_of(channel);
  if (!walk) return;
  auto const where = walk->where();
  add_effect(walk->missing());
  drop_walk(channel);
  finish_round(channel, before, {.pts = where.to, .final = where.final, .brought = true}, now);
}

/// More is asked for from there.
void sequencer::end_account_walk(steady_time now) {
  auto const* walk = walk_of(0);
  if (!walk) return;
  auto const to = walk->where().to;
  add_effect(walk->missing());
  walked_to_ = walk->reached();
  drop_walk(0);
  boxes_.reset_pts(to);
  on_account_round(true, false, now);
}

/// It came out of the history, and comes again since that went farther than the hole.
bool sequencer::was_walked(tl::Update const& one) const {
  if (walked_to_ == 0) return false;
  auto const at = place_of_new(one);
  return at && at->channel == 0 && at->message <= walked_to_;
}

}  // namespace mtp::MTP_ABI::updates
