// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/connect_race.hpp"

#include <mtp/core/deadline.hpp>

#include <algorithm>
#include <iterator>

namespace mtp::MTP_ABI::net {
namespace {

constexpr int reserve_staggers = 8;

}  // namespace

void connect_race::add(std::size_t addresses, bool reserve) {
  attempts_.resize(attempts_.size() + addresses, attempt{.reserve = reserve});
}

/// Those in reserve come last, wherever they stand.
std::optional<std::size_t> connect_race::next_to_start() const {
  std::optional<std::size_t> out;
  for (std::size_t i = 0; i < attempts_.size(); ++i) {
    if (attempts_[i].now != state::waiting) continue;
    if (!attempts_[i].reserve) return i;
    if (!out) out = i;
  }
  return out;
}

steady_time connect_race::start_of(std::size_t which) const {
  return attempts_[which].reserve ? std::max(next_start_, reserve_from_) : next_start_;
}

std::optional<std::size_t> connect_race::first_in(state which) const {
  auto const found = std::ranges::find(attempts_, which, &attempt::now);
  if (found == attempts_.end()) return std::nullopt;
  return static_cast<std::size_t>(std::distance(attempts_.begin(), found));
}

std::optional<std::size_t> connect_race::expired(steady_time now) const {
  for (std::size_t i = 0; i < attempts_.size(); ++i)
    if (attempts_[i].now == state::running && attempts_[i].until <= now) return i;
  return std::nullopt;
}

std::optional<steady_time> connect_race::next_event() const {
  std::optional<steady_time> out;
  auto const consider = [&](steady_time when) { out = out ? std::min(*out, when) : when; };
  for (auto const& each : attempts_)
    if (each.now == state::running) consider(each.until);
  if (auto const waiting = next_to_start()) consider(start_of(*waiting));
  return out;
}

void connect_race::hold_reserve(steady_time now) {
  reserve_from_ = now + reserve_staggers * options_.stagger;
}

/// When nothing else is under way nobody needs to wait; but a name may bring a better address.
bool connect_race::may_start(std::size_t which, bool alone, steady_time now) const {
  if (start_of(which) <= now) return true;
  return alone && !(attempts_[which].reserve && more_to_come_);
}

connect_race::action connect_race::next(steady_time now) {
  auto const running = first_in(state::running);
  if (winner_) {
    if (!running) return won{*winner_};
    attempts_[*running].now = state::over;
    return drop{*running};
  }
  if (auto const late = expired(now)) {
    was_silent_ = true;
    on_failed(*late, now);
    return drop{*late};
  }
  if (reserve_from_ == steady_time::min()) hold_reserve(now);
  auto const waiting = next_to_start();
  if (waiting && may_start(*waiting, !running, now)) {
    auto& one = attempts_[*waiting];
    one.now = state::running;
    one.until = deadline_after(now, options_.attempt_timeout);
    next_start_ = now + options_.stagger;
    if (!one.reserve) hold_reserve(now);
    return start{*waiting};
  }
  if (!running && !waiting && !more_to_come_) return lost{};
  return wait{next_event()};
}

void connect_race::on_established(std::size_t which) {
  if (winner_ || which >= attempts_.size() || attempts_[which].now != state::running) return;
  winner_ = which;
  attempts_[which].now = state::over;
}

void connect_race::on_failed(std::size_t which, steady_time now) {
  if (which >= attempts_.size() || attempts_[which].now != state::running) return;
  attempts_[which].now = state::over;
  next_start_ = now;
}

}  // namespace mtp::MTP_ABI::net
