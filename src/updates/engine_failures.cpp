// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What it means that a request was refused, or that its answer did not come.
#include "updates/failure_delay.hpp"
#include "updates/retry_delay.hpp"

#include <mtp/core/as_result.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/updates/engine.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::updates {
namespace {

/// A channel whose position is refused so often is followed from where it is.
constexpr int max_invalid_positions = 5;

bool is_login_lost(error_info const& why) {
  return why.refusal && class_of(*why.refusal) == refusal_class::login_lost;
}

/// The channel is gone, or closed to us.
bool closes_channel(error_info const& why) {
  return why.refusal && reason_of(*why.refusal) == refusal_reason::channel_closed;
}

bool denies_position(error_info const& why) {
  return why.refusal && reason_of(*why.refusal) == refusal_reason::position_invalid;
}

}  // namespace

void engine::on_failed(error_info const& why, steady_time now) {
  auto const asked = take_pending();
  if (asked == request_kind::none) return;
  if (is_login_lost(why)) return on_login_lost(asked);
  order_.add_effect(log{log_level::warning, "updates: " + why.text});
  if (asked == request_kind::messages) return order_.on_history_failed(0, why, now);
  if (asked == request_kind::comparison) {
    check_at_ = now + delay_after(why, doubt_ ? doubt_->states : 0);
    return;
  }
  on_account_failed(asked, why, now);
}

void engine::on_login_lost(request_kind asked) {
  signed_in_ = false;
  if (asked == request_kind::difference) request_difference(difference_reason::retry);
  order_.add_effect(end_login{});
}

void engine::on_account_failed(request_kind asked, error_info const& why, steady_time now) {
  ask_not_before_ = now + delay_after(why, failures_++);
  bool const refused = why.refusal && !is_transient(*why.refusal);
  if (refused || why.code == client_errc::decode) return give_up_request(why, now);
  if (asked == request_kind::difference) request_difference(difference_reason::retry);
}

/// A server that cannot say what was missed is asked where the account stands; when it cannot say
/// that either, or when updates were there before its answer, what it sends is believed. What was
/// missed is lost, what follows is not.
void engine::give_up_request(error_info const& why, steady_time now) {
  bool const is_unreadable = why.code == client_errc::decode;
  bool const is_denied = denies_position(why);
  why_replaced_ = loss_reason::refused;
  if (is_denied) why_replaced_ = loss_reason::position_invalid;
  if (is_unreadable) why_replaced_ = loss_reason::unreadable;
  bool const state_helps = is_unreadable || is_denied;
  needs_state_ = state_helps && !needs_state_ && !started_early_;
  started_early_ = false;
  heard_at_ = now;
  order_.on_difference_asked();
  if (!needs_state_) order_.skip_account_gaps(why_replaced_);
}

// --- Of a channel

/// Nobody else waits for it.
void engine::on_channel_failed(std::int64_t channel, error_info const& why, steady_time now) {
  if (!take_channel_answer(channel, now)) return;
  bool const walks = order_.walk_of(channel) != nullptr;
  if (is_login_lost(why)) {
    order_.channels().schedule(channel, {.due = now, .is_walking = walks});
    return on_login_lost(request_kind::none);
  }
  order_.add_effect(
      log{log_level::warning, "updates of channel " + std::to_string(channel) + ": " + why.text});
  on_channel_refused(channel, why, now);
}

void engine::on_channel_refused(std::int64_t channel, error_info const& why, steady_time now) {
  if (closes_channel(why)) return order_.forget_channel(channel, loss_reason::closed);
  if (order_.walk_of(channel)) return order_.on_history_failed(channel, why, now);
  if (why.code == client_errc::decode)
    return order_.skip_channel_gap(channel, loss_reason::unreadable);
  auto& channels = order_.channels();
  auto const before = channels.take_asked(channel).value_or(channel_schedule::entry());
  auto const failures = before.failures + 1;
  if (denies_position(why) && failures >= max_invalid_positions)
    return order_.skip_channel_gap(channel, loss_reason::position_invalid);
  auto const due = now + delay_after(why, before.failures);
  channels.schedule(channel, {.due = due, .failures = failures, .gap_rounds = before.gap_rounds});
}

}  // namespace mtp::MTP_ABI::updates
