// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A server that was reset counts from the beginning, and would never get as far as we remember: of
// the account nor of its channels. One that only lags says for a while that the account stands
// farther back, and is not to be followed there.
#include "updates/retry_delay.hpp"
#include "updates/state_of.hpp"

#include <mtp/tl/types/EncryptedMessage.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/Update.hpp>
#include <mtp/tl/types/updates/Difference.hpp>
#include <mtp/updates/engine.hpp>

namespace mtp::MTP_ABI::updates {

/// What the server says when it is asked where the account stands.
void engine::compare(update_state state, steady_time now) {
  auto const ours = order_.boxes().state().pts;
  if (state.pts >= ours) return end_doubt();
  auto& about = doubt_about(state);
  ++about.states;
  bool const is_far = std::int64_t{ours} - state.pts > max_lag;
  if (is_far) about.states = max_doubts;
  decide_doubt(now);
}

/// The end of a difference says it too.
void engine::compare_difference(tl::updates::Difference const& answer, steady_time now) {
  auto const* all = answer.get_if<tl::updates::difference>();
  if (!all || all->state.pts >= order_.boxes().state().pts) return;
  doubt_about(state_of(all->state)).difference = true;
  decide_doubt(now);
}

/// What was got since a doubt began clears it.
engine::doubt& engine::doubt_about(update_state told) {
  auto const ours = order_.boxes().state().pts;
  if (!doubt_ || doubt_->ours != ours) doubt_ = doubt{.told = told, .ours = ours};
  return *doubt_;
}

void engine::decide_doubt(steady_time now) {
  if (doubt_->weight() < max_doubts) {
    check_at_ = now + retry_delay(first_retry_delay, doubt_->states);
    return;
  }
  auto const told = doubt_->told;
  end_doubt();
  order_.add_effect(log{log_level::warning, "updates: the server was reset, and is followed anew"});
  order_.start_over(told);
  request_difference(difference_reason::start);
  ++epoch_;
}

void engine::end_doubt() {
  doubt_.reset();
  check_at_ = steady_time::max();
}

}  // namespace mtp::MTP_ABI::updates
