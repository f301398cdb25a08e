// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Who is signed in, where the account stands, whether somebody reads.
#include "updates/state_of.hpp"

#include <mtp/tl/types/Updates.hpp>
#include <mtp/updates/engine.hpp>

namespace mtp::MTP_ABI::updates {

// --- The account

void engine::on_signed_in(self_identity who, progress const& consumed, steady_time now) {
  resume(who, consumed, now);
}

void engine::resume(self_identity who, progress const& consumed, steady_time now) {
  account_ = who;
  order_.set_self(who.id);
  signed_in_ = true;
  heard_at_ = now;
  if (!order_.boxes().is_known() && consumed.account) rewind(consumed, now);
  needs_state_ = !order_.boxes().is_known();
  request_difference(difference_reason::start);
}

void engine::on_account_changed() {
  bool const had_one = order_.boxes().is_known();
  signed_in_ = false;
  order_.clear();
  ++epoch_;
  end_doubt();
  ask_not_before_ = {};
  failures_ = 0;
  if (!had_one) return;  // what came early belongs to the new one
  forget_early();
  inbox_.clear();
}

/// Back to what was consumed.
void engine::rewind(progress const& consumed, steady_time now) {
  if (consumed.account) forget_early();
  order_.rewind(consumed, now);
  ++epoch_;
}

// --- A login

void engine::on_login_begun(self_identity who, progress const& consumed, steady_time now) {
  ++logins_;
  resume(who, consumed, now);
  needs_comparison_ = !needs_state_;
}

std::optional<engine::login_state_request> engine::next_state_request() const {
  if (needs_state_) return login_state_request{epoch_, false};
  if (needs_comparison_) return login_state_request{epoch_, true};
  return {};
}

void engine::on_login_state(login_state_request asked, tl::updates::state const& answer,
                            steady_time now) {
  if (asked.epoch != epoch_) return;
  if (!asked.compares) return start_at(state_of(answer), now);
  needs_comparison_ = false;
  note_heard(now);
  compare(state_of(answer), now);
}

void engine::on_login_ended() {
  if (--logins_ == 0) needs_comparison_ = false;
}

// --- The stream

void engine::on_stream_opened(progress const& consumed, steady_time now) {
  if (open_) on_stream_closed(consumed, now);
  open_ = true;
  heard_at_ = now;
  request_difference(difference_reason::start);
}

void engine::on_stream_closed(progress const& consumed, steady_time now) {
  open_ = false;
  inbox_.clear();
  rewind(consumed, now);
}

}  // namespace mtp::MTP_ABI::updates
