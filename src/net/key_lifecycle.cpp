// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/key_lifecycle.hpp"

#include <mtp/core/refusal.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::net {

bind_outcome bind_outcome_of(rpc_failure const& why) {
  switch (reason_of(why)) {
    case refusal_reason::key_unknown: return bind_outcome::key_unknown;
    // Only we know the temporary key: an earlier try of ours bound it, and its answer was lost.
    case refusal_reason::key_bound: return bind_outcome::bound;
    case refusal_reason::binding_invalid:
    case refusal_reason::client_invalid: return bind_outcome::inconclusive;
    default: return is_transient(why) ? bind_outcome::inconclusive : bind_outcome::not_supported;
  }
}

duration key_lifecycle::next_delay() {
  duration wait = options_.doubt_delay;
  for (int i = 0; i < doubts_ && wait < options_.max_doubt_delay; ++i) wait *= 2;
  doubts_ = std::min(doubts_ + 1, 60);
  return std::min(wait, options_.max_doubt_delay);
}

void key_lifecycle::on_unknown_key(steady_time now) {
  if (state_ == state::dead) return;
  state_ = state::suspect;
  denials_ = std::min(denials_ + 1, 2);
  not_before_ = now + next_delay();
}

void key_lifecycle::on_heard() {
  if (state_ == state::dead) return;
  state_ = state::good;
  denials_ = doubts_ = 0;
  not_before_ = steady_time::min();
}

void key_lifecycle::on_key_unknown(duration age, steady_time now) {
  if (age >= options_.settled_after) {
    state_ = state::dead;
    return;
  }
  state_ = state::suspect;
  not_before_ = now + std::min(next_delay(), options_.settled_after - age);
}

/// The waits begin anew only once a packet came under the key itself: who denies a key that was
/// proved just now is on the way.
void key_lifecycle::on_proved() {
  state_ = state::good;
  denials_ = 0;
  not_before_ = steady_time::min();
}

void key_lifecycle::on_bind(bind_outcome what, duration age, steady_time now) {
  if (state_ == state::dead) return;
  switch (what) {
    case bind_outcome::bound: return on_proved();
    case bind_outcome::key_unknown: return on_key_unknown(age, now);
    case bind_outcome::not_supported:
      if (state_ == state::good) return;  // nothing was in doubt
      if (options_.unprovable == unprovable_key::replace) state_ = state::dead;
      denials_ = 1;
      break;
    case bind_outcome::not_made:
      if (state_ == state::good) return;
      denials_ = 1;
      break;
    case bind_outcome::inconclusive: break;
  }
  not_before_ = now + next_delay();
}

}  // namespace mtp::MTP_ABI::net
