// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/address_schedule.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::net {
namespace {

/// An answer holds so long at least and at most, whatever the server's clock says.
constexpr auto min_validity = std::chrono::minutes(5);
constexpr auto max_validity = std::chrono::hours(24);
constexpr auto delay_after_failed_question = std::chrono::minutes(1);
/// Between two times that the server makes us ask.
constexpr auto delay_between_changes = std::chrono::seconds(10);

bool is_wanted_by(address_refresh mode, bool has_own) {
  switch (mode) {
    case address_refresh::always: return true;
    case address_refresh::never: return false;
    case address_refresh::automatic: break;
  }
  return !has_own;
}

}  // namespace

address_schedule::address_schedule(address_refresh mode, bool has_own)
    : wanted_(is_wanted_by(mode, has_own)) {}

steady_time address_schedule::due() const {
  return changed_ ? std::min(expiry_, next_change_) : expiry_;
}

address_schedule::action address_schedule::next(steady_time now) {
  if (!wanted_ || asked_) return wait{steady_time::max()};
  if (now < due()) return wait{due()};
  if (changed_) next_change_ = now + delay_between_changes;
  changed_ = false;
  asked_ = true;
  return ask{};
}

void address_schedule::plan(duration span, steady_time now) {
  if (!asked_) return;
  asked_ = false;
  expiry_ = now + span;
}

void address_schedule::on_answer(std::chrono::seconds validity, steady_time now) {
  plan(std::clamp<duration>(validity, min_validity, max_validity), now);
}

void address_schedule::on_failed(steady_time now) { plan(delay_after_failed_question, now); }

}  // namespace mtp::MTP_ABI::net
