// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The last step of an update: it is handed to the program, which may never get past it.
#include "updates/delivery.hpp"

#include "updates/update_key.hpp"

#include <mtp/updates/update_number.hpp>

#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

/// Whether the server sends it once more to a program that did not get past it.
bool comes_again(arrival const& what) {
  if (what.loss) return true;
  return what.update && number_of(*what.update).of != update_number::order::none;
}

}  // namespace

// --- What comes

void delivery::on_reached(reach position, counts const& stored) {
  queue_.push_position(std::move(position));
  commit(stored);
}

void delivery::discard() {
  queue_.clear();
  next_.reset();
  attempts_.on_rewind();
}

void delivery::change(delivery_attempts::changes const& what) {
  for (auto const& [key, count] : what) change_.attempts[key] = count;
}

/// What may be stored.
void delivery::commit(counts const& stored) {
  reach position = queue_.take_position();
  change(attempts_.forget(stored, position));
  merge(change_.position, std::move(position));
}

// --- What the program takes

void delivery::on_asked(counts const& stored) {
  if (queue_.consumed() && stored.contains(delivered_)) change_.attempts[delivered_] = std::nullopt;
  commit(stored);
}

delivery_step delivery::next(counts const& stored, steady_time now) {
  if (ended_) return delivery_step::ended;
  if (!find_next(stored, now)) {
    if (signed_out_) return delivery_step::signed_out;
    attempts_.on_unmarked();
    return delivery_step::wait;
  }
  if (is_poison()) return delivery_step::pass_over;
  return next_->is_unsaved ? delivery_step::save : delivery_step::hand_out;
}

/// What was acknowledged is not handed out again.
bool delivery::find_next(counts const& stored, steady_time now) {
  while (!next_ && queue_.has_update()) {
    count_attempt(stored, now);
    if (next_->attempt == delivery_attempts::acknowledged) skip_acknowledged(stored);
  }
  return next_.has_value();
}

void delivery::skip_acknowledged(counts const& stored) {
  next_.reset();
  attempts_.on_delivered();
  (void)queue_.take();
  queue_.consumed();
  commit(stored);
}

/// The count is kept only of what may come again.
void delivery::count_attempt(counts const& stored, steady_time now) {
  arrival const& front = queue_.front();
  next_ = candidate{.key = key_of(front)};
  auto const known = stored.find(next_->key);
  bool const is_known = known != stored.end();
  bool const is_done = is_known && known->second == delivery_attempts::acknowledged;
  if (is_known) next_->attempt = is_done ? known->second : known->second + 1;
  if (is_done || is_poison()) return;
  if (!comes_again(front)) return attempts_.on_unmarked();
  change(attempts_.note(stored, next_->key, next_->attempt));
  next_->is_unsaved = attempts_.must_save(now);
}

void delivery::on_saved() noexcept {
  if (next_) next_->is_unsaved = false;
}

delivery::handed_out delivery::hand_out() {
  attempts_.on_delivered();
  delivered_ = std::move(next_->key);
  delivered_comes_again_ = comes_again(queue_.front());
  int const attempt = std::exchange(next_, std::nullopt)->attempt;
  return {.what = queue_.take(), .attempt = attempt};
}

// --- What the program says it got past

delivery_change delivery::acknowledgement(counts const& stored) const {
  delivery_change out;
  if (!queue_.is_handed_out()) return out;
  out.position = queue_.position_after();
  out.attempts = attempts_.forget(stored, out.position);
  if (is_behind(out.position, delivered_) || !delivered_comes_again_) {
    if (stored.contains(delivered_)) out.attempts[delivered_] = std::nullopt;
  } else {
    out.attempts[delivered_] = delivery_attempts::acknowledged;
  }
  return out;
}

/// The position is stored: those that were reached since come with the next change.
void delivery::on_acknowledged() { queue_.consumed(); }

delivery::passed_over delivery::pass_over(counts const& stored) {
  attempts_.on_delivered();
  candidate const poison = *std::exchange(next_, std::nullopt);
  passed_over out{.what = queue_.take(), .key = poison.key, .attempts = poison.attempt - 1};
  queue_.consumed();
  commit(stored);
  return out;
}

}  // namespace mtp::MTP_ABI::updates
