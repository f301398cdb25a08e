// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates#update-handling
#include <mtp/updates/sequencer.hpp>

#include "updates/config_news.hpp"
#include "updates/retry_delay.hpp"

#include <mtp/tl/types/Update.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

using order = update_number::order;

}  // namespace

std::optional<action> sequencer::take_effect() {
  if (effects_.empty()) return {};
  std::optional<action> out(std::move(effects_.front()));
  effects_.pop_front();
  return out;
}

void sequencer::deliver_one(received<tl::Update> one) {
  if (one && was_walked(*one)) return;
  if (one) note_message(*one);
  if (one && is_config_news(*one)) add_effect(config_changed{one});
  add_effect(deliver{std::move(one)});
}

void sequencer::warn(std::string text) { add_effect(log{log_level::warning, std::move(text)}); }

void sequencer::reach_account() {
  if (!boxes_.is_known()) return;
  reach position{.account = boxes_.state()};
  reach_messages(0, position);
  add_effect(std::move(position));
}

void sequencer::reach_channel(std::int64_t channel) {
  reach position;
  if (boxes_.is_known()) position.account = boxes_.state();
  position.channels[channel] = boxes_.channel_pts(channel);
  reach_messages(channel, position);
  add_effect(std::move(position));
}

/// Says of the newest message what was not said before.
void sequencer::reach_messages(std::int64_t channel, reach& position) {
  if (new_messages_.erase(channel) != 0) position.messages[channel] = messages_[channel];
}

void sequencer::reach_box(update_number const& number) {
  if (number.of == order::channel) return reach_channel(number.channel);
  if (number.of != order::none) reach_account();
}

void sequencer::begin_channel(std::int64_t channel, std::int32_t pts) {
  if (boxes_.channel_pts(channel)) return;
  boxes_.reset_channel(channel, pts);
  reach_channel(channel);
}

// --- Where the account stands

void sequencer::forget_rounds() {
  gap_deadline_ = next_round_ = steady_time::max();
  gap_rounds_ = idle_rounds_ = 0;
}

void sequencer::clear() {
  boxes_ = {};
  early_.clear();
  channels_.clear();
  walks_.clear();
  messages_.clear();
  new_messages_.clear();
  walked_to_ = 0;
  forget_rounds();
  requested_.reset();
  effects_.clear();
  add_effect(discard_undelivered{});
}

void sequencer::rewind(progress const& consumed, steady_time now) {
  auto const delivered = boxes_.channels();
  boxes_ = consumed.account ? update_boxes(*consumed.account, consumed.channels) : update_boxes();
  for (auto const& [channel, pts] : delivered) {
    auto const at = boxes_.channel_pts(channel);
    if (at && *at != pts) channels_.request(channel, now);
  }
  channels_.void_asked(true);
  walks_.clear();
  messages_ = consumed.messages;
  new_messages_.clear();
  walked_to_ = 0;
  early_.clear();
  forget_rounds();
  effects_.clear();
  add_effect(discard_undelivered{});
}

void sequencer::reset_to(update_state state, steady_time now) {
  drop_walk(0);
  boxes_.reset_to(state);
  reach_account();
  on_account_caught_up(now);
}

void sequencer::start_over(update_state state) {
  reach forgotten{.account = state};
  auto const why = loss_reason::server_reset;
  add_effect(lost{.from = boxes_.state().pts, .why = why});
  for (auto const& [channel, pts] : boxes_.channels()) {
    forgotten.channels[channel] = std::nullopt;
    add_effect(lost{.box = order::channel, .channel = channel, .from = pts, .why = why});
  }
  boxes_ = update_boxes(state, {});
  early_.clear();
  channels_.clear();
  walks_.clear();
  messages_.clear();
  walked_to_ = 0;
  forget_rounds();
  add_effect(std::move(forgotten));
}

// --- What came too early

verdict sequencer::count(update_number const& number) {
  switch (number.of) {
    case order::none: break;
    case order::common: return boxes_.common(number.at, number.count);
    case order::secondary: return boxes_.secondary(number.at);
    case order::channel: return count_of_channel(number);
  }
  return verdict::apply;
}

/// While its difference is on its way, that decides.
verdict sequencer::count_of_channel(update_number const& number) {
  if (number.at != 0 && channels_.is_held(number.channel)) return verdict::gap;
  return boxes_.channel(number.channel, number.at, number.count);
}

/// A gap that is asked for again has its time already, unless it is another.
void sequencer::note_gap(bool is_new, steady_time deadline) {
  if (gap_rounds_ == 0 || is_new) gap_deadline_ = std::min(gap_deadline_, deadline);
}

void sequencer::put_aside(early_update one, steady_time grace_end) {
  auto const number = one.number;
  auto const first = early_.first_of(number.of, number.channel);
  bool const is_new = !first || number.start() < first->start();
  bool const kept = early_.add(std::move(one));
  if (number.of != order::channel)
    return note_gap(is_new && kept, kept ? grace_end : steady_time::min());
  channels_.request_unless_filled(number.channel, grace_end, is_new && kept);
  bool const waits_long =
      kept || channels_.is_held(number.channel) || channels_.failures(number.channel) > 0;
  if (!waits_long) channels_.request(number.channel, steady_time::min());
}

void sequencer::put_aside(early_batch one, steady_time grace_end) {
  auto const first = early_.first_seq();
  bool const is_new = !first || one.seq_start < *first;
  bool const kept = early_.add(std::move(one));
  note_gap(is_new && kept, kept ? grace_end : steady_time::min());
}

/// False when something is still missing before it.
bool sequencer::try_again(early_update& one) {
  auto const found = count(one.number);
  if (found == verdict::apply) {
    if (one.update && one.own) note_message(*one.update);
    if (one.update && !one.own) deliver_one(std::move(one.update));
    reach_box(one.number);
  }
  return found != verdict::gap;
}

bool sequencer::try_again(early_batch& one) {
  auto const found = boxes_.batch(one.seq_start);
  if (found == verdict::apply) {
    for (auto const& update : *one.updates) {
      if (number_of(update).of == order::none)
        apply_one(received<tl::Update>(one.updates, &update), one.own, steady_time::min());
    }
    boxes_.batch_applied(one.seq, one.date);
    reach_account();
  }
  return found != verdict::gap;
}

/// What came may be what others wait for.
void sequencer::drain() {
  if (early_.empty()) return;
  drain_updates();
  drain_batches();
  early_.forget_reached(boxes_);
  if (!early_.has_of_account()) forget_gap();
}

void sequencer::drain_updates() {
  std::set<std::int64_t> went_on;
  for (auto& one : early_.take_updates()) {
    bool const waits = !try_again(one);
    if (!waits && one.number.of == order::channel) went_on.insert(one.number.channel);
    if (waits) early_.add(std::move(one));
  }
  for (auto const channel : went_on) {
    if (!early_.has_of_channel(channel)) channels_.on_gap_filled(channel);
  }
}

void sequencer::drain_batches() {
  for (auto& one : early_.take_batches()) {
    if (!try_again(one)) early_.add(std::move(one));
  }
}

/// What still waits is kept: the server that answered may lag behind the one that sent it.
void sequencer::on_account_caught_up(steady_time now) {
  drain();
  if (!early_.has_of_account()) return forget_gap();
  if (gap_rounds_ == max_gap_rounds) return give_up_first_gap(now);
  if (gap_rounds_ == 0)
    warn("updates: the difference did not bring what is missing; it is asked for again");
  gap_deadline_ = now + retry_delay(first_gap_delay, gap_rounds_++);
}

void sequencer::forget_gap() {
  gap_deadline_ = steady_time::max();
  gap_rounds_ = 0;
}

}  // namespace mtp::MTP_ABI::updates
