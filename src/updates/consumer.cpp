// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/consumer.hpp"

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

constexpr auto pause_between_places = std::chrono::milliseconds(20);

}  // namespace

/// A program that was killed may have been given whatever is in the journal.
consumer::consumer(consumer_place stored, std::uint64_t end, consumer_limits limits)
    : limits_(limits),
      place_(stored),
      end_(end),
      seen_(stored.number),
      suspicious_to_(stored.attempts > 0 ? end : 0) {}

// --- What comes

/// One always fits.
bool consumer::has_room(std::size_t more) const {
  return queue_.empty() || bytes_ + more <= limits_.max_bytes;
}

void consumer::keep(std::uint64_t number, slice content, bool wanted) {
  seen_ = number;
  if (wanted) {
    bytes_ += content.size();
    queue_.push_back({.content = std::move(content), .number = number});
  }
  pass_unwanted();
}

/// What it does not want lies behind it as soon as everything before does.
void consumer::pass_unwanted() {
  if (handed_out_) return;
  move_to(queue_.empty() ? seen_ : queue_.front().number - 1);
}

void consumer::move_to(std::uint64_t number) {
  if (number <= place_.number) return;
  place_ = {.number = number};
}

void consumer::on_appended(std::uint64_t number, slice content, bool wanted) {
  end_ = number;
  bool const follows = seen_ == number - 1;
  if (follows && (!wanted || has_room(content.size()))) keep(number, std::move(content), wanted);
}

bool consumer::on_read(std::uint64_t number, slice content, bool wanted) {
  if (number <= seen_) return true;
  if (wanted && !has_room(content.size())) return false;
  keep(number, std::move(content), wanted);
  return true;
}

/// So is what it was given and has not got past: that would not come again.
std::uint64_t consumer::on_dropped(std::uint64_t first) {
  auto const behind = place_.number;
  if (behind + 1 >= first) return 0;
  while (!queue_.empty() && queue_.front().number < first) (void)take();
  if (handed_out_ < first) handed_out_ = 0;
  seen_ = std::max(seen_, first - 1);
  move_to(first - 1);
  pass_unwanted();
  return first - 1 - behind;
}

// --- What the program takes

consumer::entry consumer::take() {
  auto out = std::move(queue_.front());
  queue_.pop_front();
  bytes_ -= out.content.size();
  is_counted_ = is_unsaved_ = false;
  return out;
}

void consumer::on_asked() {
  auto const got_past = std::exchange(handed_out_, 0);
  if (got_past == 0) return;
  move_to(got_past);
  pass_unwanted();
}

consumer_step consumer::next(steady_time now) {
  if (queue_.empty()) return seen_ < end_ ? consumer_step::read : consumer_step::wait;
  count_attempt(now);
  if (is_poison()) return consumer_step::pass_over;
  return is_unsaved_ ? consumer_step::save : consumer_step::hand_out;
}

/// Everything before the first of the queue is behind, so that the count is of that one.
void consumer::count_attempt(steady_time now) {
  if (std::exchange(is_counted_, true)) return;
  ++place_.attempts;
  bool const may_have_killed = queue_.front().number <= suspicious_to_;
  if (is_poison() || (!may_have_killed && now < next_save_)) return;
  is_unsaved_ = true;
  next_save_ = now + pause_between_places;
}

void consumer::on_saved() noexcept { is_unsaved_ = false; }

consumer::handed_out consumer::hand_out() {
  int const attempt = place_.attempts;
  auto given = take();
  handed_out_ = given.number;
  return {.content = std::move(given.content), .number = given.number, .attempt = attempt};
}

consumer::handed_out consumer::pass_over() {
  int const attempts = place_.attempts - 1;
  auto poison = take();
  move_to(poison.number);
  pass_unwanted();
  return {.content = std::move(poison.content), .number = poison.number, .attempt = attempts};
}

}  // namespace mtp::MTP_ABI::updates
