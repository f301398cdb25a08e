// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Who is signed in, where the account stands, whether somebody reads.
#include "updates/state_of.hpp"

#include <mtp/tl/types/Updates.hpp>
#include <mtp/updates/engine.hpp>

namespace mtp::MTP_ABI::updates {

// --- The account

void engine::on_signed_in(account who, progress const& consumed, steady_time now) {
  resume(who, consumed, now);
}

void engine::resume(account who, progress const& consumed, steady_time now) {
  account_ = who;
  order_.set_self(who.id);
  signed_in_ = true;
  heard_at_ = now;
  if (!order_.boxes().is_known() && consumed.account) rewind(consumed, now);
  state_wanted_ = !order_.boxes().is_known();
  request_difference();
}

void engine::on_account_changed() {
  bool const had_one = order_.boxes().is_known();
  signed_in_ = false;
  order_.clear();
  ++epoch_;
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

void engine::on_login_begun(account who, progress const& consumed, steady_time now) {
  ++logins_;
  resume(who, consumed, now);
  compare_wanted_ = !state_wanted_;
}

std::optional<engine::state_request> engine::next_state_request() const {
  if (state_wanted_) return state_request{epoch_, false};
  if (compare_wanted_) return state_request{epoch_, true};
  return {};
}

void engine::on_login_state(state_request asked, tl::updates::state const& answer,
                            steady_time now) {
  if (asked.epoch != epoch_) return;
  if (asked.compares) return detect_server_reset(state_of(answer), now);
  start_at(state_of(answer), now);
}

/// A server that was reset counts from the beginning, and would never get as far as we remember:
/// of the account nor of its channels.
void engine::detect_server_reset(update_state state, steady_time now) {
  compare_wanted_ = false;
  note_heard(now);
  if (state.pts >= order_.boxes().state().pts) return;
  order_.start_over(state);
  ++epoch_;
}

void engine::on_login_ended() {
  if (--logins_ == 0) compare_wanted_ = false;
}

// --- The stream

void engine::on_stream_opened(progress const& consumed, steady_time now) {
  if (open_) on_stream_closed(consumed, now);
  open_ = true;
  heard_at_ = now;
  request_difference();
}

void engine::on_stream_closed(progress const& consumed, steady_time now) {
  open_ = false;
  inbox_.clear();
  rewind(consumed, now);
}

}  // namespace mtp::MTP_ABI::updates
