// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates#update-handling
#include <mtp/updates/sequencer.hpp>

#include "updates/config_news.hpp"

#include <mtp/tl/types/Update.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

using order = update_number::order;

std::int32_t to_box(std::int64_t number) {
  using limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(
      std::clamp(number, std::int64_t{limits::min()}, std::int64_t{limits::max()}));
}

}  // namespace

std::optional<action> sequencer::take_effect() {
  if (effects_.empty()) return {};
  std::optional<action> out(std::move(effects_.front()));
  effects_.pop_front();
  return out;
}

void sequencer::deliver_one(received<tl::Update> one) {
  if (one && is_config_news(*one)) add_effect(config_changed{one});
  add_effect(deliver{std::move(one)});
}

void sequencer::warn(std::string text) { add_effect(log{log_level::warning, std::move(text)}); }

void sequencer::reach_account() {
  if (boxes_.is_known()) add_effect(reach{.account = boxes_.state()});
}

void sequencer::reach_channel(std::int64_t channel) {
  reach position;
  if (boxes_.is_known()) position.account = boxes_.state();
  position.channels[channel] = boxes_.channel_pts(channel);
  add_effect(std::move(position));
}

void sequencer::reach_box(update_number const& number) {
  if (number.of == order::channel) return reach_channel(number.channel);
  if (number.of != order::none) reach_account();
}

// --- Where the account stands

void sequencer::clear() {
  boxes_ = {};
  early_.clear();
  channels_.clear();
  gap_deadline_ = steady_time::max();
  needs_difference_ = false;
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
  early_.clear();
  gap_deadline_ = steady_time::max();
  effects_.clear();
  add_effect(discard_undelivered{});
}

void sequencer::reset_to(update_state state) {
  boxes_.reset_to(state);
  reach_account();
  on_account_caught_up();
}

void sequencer::start_over(update_state state) {
  reach forgotten{.account = state};
  for (auto const& [channel, pts] : boxes_.channels()) forgotten.channels[channel] = std::nullopt;
  boxes_ = update_boxes(state, {});
  early_.clear();
  channels_.clear();
  gap_deadline_ = steady_time::max();
  add_effect(std::move(forgotten));
}

// --- What came too early

verdict sequencer::count(update_number const& number) {
  switch (number.of) {
    case order::none: break;
    case order::common: return boxes_.common(number.at, number.count);
    case order::secondary: return boxes_.secondary(number.at);
    case order::channel: return boxes_.channel(number.channel, number.at, number.count);
  }
  return verdict::apply;
}

void sequencer::put_aside(early_update one, steady_time grace_end) {
  auto const number = one.number;
  bool const kept = early_.add(std::move(one));
  if (number.of == order::channel) {
    if (kept) return channels_.request_unless_filled(number.channel, grace_end);
    return channels_.request(number.channel, steady_time::min());
  }
  gap_deadline_ = std::min(gap_deadline_, grace_end);
  if (!kept) request_difference();
}

void sequencer::put_aside(early_batch one, steady_time grace_end) {
  gap_deadline_ = std::min(gap_deadline_, grace_end);
  if (!early_.add(std::move(one))) request_difference();
}

/// False when something is still missing before it.
bool sequencer::try_again(early_update& one) {
  auto const found = count(one.number);
  if (found == verdict::apply) {
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
  if (!early_.has_of_account()) gap_deadline_ = steady_time::max();
}

void sequencer::drain_updates() {
  auto waiting = early_.take_updates();
  for (auto& one : waiting) {
    if (!try_again(one)) early_.add(one);
  }
  for (auto const& one : waiting) {
    if (one.number.of == order::channel && !early_.has_of_channel(one.number.channel))
      channels_.on_gap_filled(one.number.channel);
  }
}

void sequencer::drain_batches() {
  for (auto& one : early_.take_batches()) {
    if (!try_again(one)) early_.add(std::move(one));
  }
}

/// What still waits contradicts the difference, which was asked for after it had come.
void sequencer::on_account_caught_up() {
  drain();
  if (early_.has_of_account()) warn("updates: the difference did not bring what was missing");
  early_.drop_account();
  gap_deadline_ = steady_time::max();
}

void sequencer::on_channel_caught_up(std::int64_t channel) {
  drain();
  early_.drop_channel(channel);
}

void sequencer::skip_account_gaps() {
  needs_difference_ = false;
  while (early_.has_of_account()) {
    skip_first_account_gap();
    drain();
  }
  gap_deadline_ = steady_time::max();
}

void sequencer::skip_first_account_gap() {
  auto const first = early_.first_of_account();
  auto const seq = early_.first_seq();
  if (first && first->of == order::common) boxes_.reset_pts(to_box(first->start()));
  if (first && first->of == order::secondary) boxes_.reset_qts(to_box(first->start()));
  if (seq) boxes_.reset_seq(to_box(std::int64_t{*seq} - 1));
}

void sequencer::skip_channel_gap(std::int64_t channel) {
  channels_.remove(channel);
  boxes_.forget_channel(channel);
  reach_channel(channel);
  drain();
}

void sequencer::forget_channel(std::int64_t channel) {
  early_.drop_channel(channel);
  skip_channel_gap(channel);
}

}  // namespace mtp::MTP_ABI::updates
