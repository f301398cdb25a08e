// SPDX-License-Identifier: MIT OR Apache-2.0
#include "net/pool_policy.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::net {
namespace {

constexpr auto delay_after_failure = std::chrono::seconds(5);

}  // namespace

pool_policy::connection* pool_policy::find(slot which) {
  auto const found = std::ranges::find(connections_, which, &connection::which);
  return found == connections_.end() ? nullptr : &*found;
}

std::size_t pool_policy::ready_count() const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(connections_, &connection::ready));
}

std::size_t pool_policy::call_count() const noexcept {
  auto out = static_cast<std::size_t>(waiting_);
  for (auto const& one : connections_) out += static_cast<std::size_t>(one.load);
  return out;
}

int pool_policy::load_of(slot which) const {
  auto const found = std::ranges::find(connections_, which, &connection::which);
  return found == connections_.end() ? 0 : found->load;
}

/// One at a time: while a connection is being set up nobody knows whether it will be enough.
bool pool_policy::needs_another(steady_time now) const {
  auto const alive = [](connection const& c) { return !c.closing; };
  auto const count = static_cast<std::size_t>(std::ranges::count_if(connections_, alive));
  if (count >= options_.max_connections) return false;
  bool const being_set_up =
      std::ranges::any_of(connections_, [](connection const& c) { return !c.ready && !c.closing; });
  if (being_set_up) return false;
  if (count == 0) return waiting_ > 0 || (options_.keep_one && now >= spare_from_);
  return std::ranges::all_of(
      connections_, [&](connection const& c) { return c.closing || c.load >= options_.busy_from; });
}

bool pool_policy::may_idle_out(connection const& one) const {
  return one.ready && !one.closing && one.load == 0 && waiting_ <= 0 &&
         !(options_.keep_one && connections_.size() == 1);
}

pool_policy::connection* pool_policy::idle(steady_time now) {
  for (auto& one : connections_)
    if (may_idle_out(one) && one.idle_since + options_.idle_timeout <= now) return &one;
  return nullptr;
}

std::optional<steady_time> pool_policy::next_event(steady_time now) const {
  std::optional<steady_time> out;
  if (options_.keep_one && now < spare_from_) out = spare_from_;
  for (auto const& one : connections_) {
    if (!may_idle_out(one)) continue;
    auto const when = one.idle_since + options_.idle_timeout;
    out = out ? std::min(*out, when) : when;
  }
  return out;
}

pool_policy::action pool_policy::next(steady_time now) {
  if (auto* unused = idle(now)) {
    unused->closing = true;
    unused->ready = false;
    return close{unused->which};
  }
  if (!needs_another(now)) return wait{next_event(now)};
  slot const fresh{++last_};
  connections_.push_back({.which = fresh});
  return open{fresh};
}

std::optional<pool_policy::slot> pool_policy::lease() {
  connection* best = nullptr;
  for (auto& one : connections_)
    if (one.ready && (!best || one.load < best->load)) best = &one;
  if (!best) return std::nullopt;
  ++best->load;
  return best->which;
}

void pool_policy::give_back(slot which, steady_time now) {
  auto* const one = find(which);
  if (!one || one->load == 0) return;
  if (--one->load == 0) one->idle_since = now;
}

void pool_policy::on_ready(slot which, steady_time now) {
  auto* const one = find(which);
  if (!one || one->closing) return;
  one->ready = true;
  one->idle_since = now;
}

void pool_policy::on_not_ready(slot which) {
  if (auto* const one = find(which)) one->ready = false;
}

void pool_policy::on_failed(slot which, steady_time now) {
  on_gone(which);
  spare_from_ = now + delay_after_failure;
}

void pool_policy::on_gone(slot which) {
  std::erase_if(connections_, [which](connection const& c) { return c.which == which; });
}

}  // namespace mtp::MTP_ABI::net
