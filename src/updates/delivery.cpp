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
  if (!queue_.has_update()) {
    if (signed_out_) return delivery_step::signed_out;
    attempts_.on_unmarked();
    return delivery_step::wait;
  }
  if (!next_) count_attempt(stored, now);
  if (is_poison()) return delivery_step::pass_over;
  return next_->is_unsaved ? delivery_step::save : delivery_step::hand_out;
}

/// The count is kept only of what may come again.
void delivery::count_attempt(counts const& stored, steady_time now) {
  arrival const& front = queue_.front();
  next_ = candidate{.key = key_of(front)};
  auto const known = stored.find(next_->key);
  if (known != stored.end()) next_->attempt = known->second + 1;
  if (is_poison()) return;
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
  int const attempt = std::exchange(next_, std::nullopt)->attempt;
  return {.what = queue_.take(), .attempt = attempt};
}

delivery::passed_over delivery::pass_over(counts const& stored) {
  attempts_.on_delivered();
  candidate const poison = *std::exchange(next_, std::nullopt);
  passed_over out{.what = queue_.take(), .key = poison.key, .attempts = poison.attempt - 1};
  queue_.consumed();
  commit(stored);
  return out;
}

}  // namespace mtp::MTP_ABI::updates
