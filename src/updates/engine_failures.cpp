// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What it means that a request was refused, or that its answer did not come.
#include <mtp/core/as_result.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/tl/types/Updates.hpp>
#include <mtp/updates/engine.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::updates {
namespace {

constexpr duration first_retry_delay = std::chrono::seconds(3);
constexpr duration max_retry_delay = std::chrono::minutes(5);

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

/// How long to wait after a failure that followed `failures` others: as long as the server says, if
/// it does, and ever longer by ourselves.
duration retry_delay(error_info const& why, int failures) {
  duration const own =
      std::min<duration>(first_retry_delay * (1 << std::min(failures, 8)), max_retry_delay);
  duration wanted = {};
  if (why.refusal) wanted = wait_of(*why.refusal).value_or(std::chrono::seconds(0));
  return std::max(own, wanted);
}

}  // namespace

void engine::on_failed(error_info const& why, steady_time now) {
  auto const asked = take_pending();
  if (asked == request_kind::none) return;
  if (is_login_lost(why)) {
    signed_in_ = false;
    if (asked == request_kind::difference) request_difference();
    return order_.add_effect(end_login{});
  }
  bool const of_channel = asked == request_kind::channel;
  std::string const what = of_channel ? "updates of a channel: " : "updates: ";
  order_.add_effect(log{log_level::warning, what + why.text});
  if (of_channel) return on_channel_failed(why, now);
  on_account_failed(asked, why, now);
}

void engine::on_account_failed(request_kind asked, error_info const& why, steady_time now) {
  ask_not_before_ = now + retry_delay(why, failures_++);
  bool const refused = why.refusal && !is_transient(*why.refusal);
  if (refused || why.code == client_errc::decode) return give_up_request(why, now);
  if (asked == request_kind::difference) request_difference();
}

/// A server that cannot say what was missed is asked where the account stands; when it cannot say
/// that either, or when updates were there before its answer, what it sends is believed. What was
/// missed is lost, what follows is not.
void engine::give_up_request(error_info const& why, steady_time now) {
  bool const state_helps = why.code == client_errc::decode || denies_position(why);
  needs_state_ = state_helps && !needs_state_ && !started_early_;
  started_early_ = false;
  heard_at_ = now;
  order_.on_difference_asked();
  if (!needs_state_) order_.skip_account_gaps();
}

void engine::on_channel_failed(error_info const& why, steady_time now) {
  if (closes_channel(why)) return order_.forget_channel(asked_channel_);
  if (why.code == client_errc::decode) return order_.skip_channel_gap(asked_channel_);
  auto& channels = order_.channels();
  channels.on_refused(asked_channel_, now + retry_delay(why, channels.failures(asked_channel_)));
}

}  // namespace mtp::MTP_ABI::updates
