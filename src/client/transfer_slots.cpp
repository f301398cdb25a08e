// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/transfer_slots.hpp"

#include "client/client_core.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::detail {

transfer_slots::lane::lane(client_core& core) : changed(core.world(), core.strand()) {}

/// Keeps a place in the line for one part, also when whoever waits is cancelled.
class transfer_slots::place_in_line {
 public:
  place_in_line(lane& in, ticket mine) : in_(in), mine_(mine) { in_.line.push_back(mine_); }
  place_in_line(place_in_line const&) = delete;
  place_in_line& operator=(place_in_line const&) = delete;
  ~place_in_line() {
    std::erase(in_.line, mine_);
    in_.changed.notify();
  }

 private:
  lane& in_;
  ticket mine_;
};

transfer_slots::slot::slot(transfer_slots& all, lane& on)
    : all_(&all), on_(&on), since_(all.core_.now()) {
  on_->window.on_start();
}

transfer_slots::slot::~slot() {
  if (!all_) return;
  on_->window.on_given_up();
  on_->changed.notify();
}

void transfer_slots::slot::done() {
  auto* const all = std::exchange(all_, nullptr);
  on_->window.on_done(all->core_.now() - since_);
  on_->changed.notify();
}

void transfer_slots::slot::failed() {
  auto* const all = std::exchange(all_, nullptr);
  on_->window.on_trouble(all->core_.now());
  on_->changed.notify();
}

void transfer_slots::slot::hold(duration wait) {
  auto* const all = std::exchange(all_, nullptr);
  on_->window.on_wait(all->core_.now(), wait);
  on_->changed.notify();
}

transfer_slots::lane& transfer_slots::lane_of(int dc, link_purpose purpose) {
  auto& found = lanes_[{dc, purpose}];
  if (!found) found = std::make_unique<lane>(core_);
  return *found;
}

task<transfer_slots::slot> transfer_slots::take(int dc, link_purpose purpose) {
  client_run::waiter const here(core_.running());
  auto& in = lane_of(dc, purpose);
  auto const mine = ++last_ticket_;
  place_in_line const place(in, mine);
  co_await wait_for_turn(core_, in, mine);
  co_return slot(*this, in);
}

task<> transfer_slots::wait_for_turn(client_core& core, lane& in, ticket mine) {
  for (;;) {
    core.running().throw_if_over();
    auto const now = core.now();
    auto const until = in.window.paused_until();
    if (now < until) {
      co_await core.running().pause(until - now);
    } else if (in.line.front() == mine && in.window.may_start(now)) {
      co_return;
    } else {
      co_await in.changed.wait_next();
    }
  }
}

void transfer_slots::end() {
  for (auto& [id, one] : lanes_) one->changed.notify();
}

}  // namespace mtp::MTP_ABI::detail
