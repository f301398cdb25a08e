// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/channel_schedule.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::updates {

void channel_schedule::move_to(std::int64_t channel, entry& one, steady_time due) {
  queue_.erase({one.due, channel});
  one.due = due;
  queue_.emplace(due, channel);
}

void channel_schedule::request(std::int64_t channel, steady_time due) {
  auto const [at, is_new] = entries_.try_emplace(channel, entry{.due = due});
  auto& one = at->second;
  if (one.is_asked || one.is_walking) {
    one.again = true;
  } else if (is_new) {
    queue_.emplace(due, channel);
  } else if (one.until_filled) {
    move_to(channel, one, std::min(one.due, due));
    one.until_filled = false;
  }
}

void channel_schedule::request_unless_filled(std::int64_t channel, steady_time due, bool is_new) {
  auto const [at, added] = entries_.try_emplace(channel, entry{.due = due, .until_filled = true});
  auto& one = at->second;
  if (added) queue_.emplace(due, channel);
  if (one.is_void) one.again = true;
  if (is_new && one.until_filled && !one.is_asked) move_to(channel, one, std::min(one.due, due));
}

void channel_schedule::on_gap_filled(std::int64_t channel) {
  auto const at = entries_.find(channel);
  if (at != entries_.end() && at->second.until_filled && !at->second.is_asked) remove(channel);
}

void channel_schedule::schedule(std::int64_t channel, entry how) {
  remove(channel);
  queue_.emplace(how.due, channel);
  entries_.emplace(channel, how);
}

void channel_schedule::on_asked(std::int64_t channel) {
  auto& one = entries_[channel];
  queue_.erase({one.due, channel});
  one.is_asked = true;
}

bool channel_schedule::is_asked(std::int64_t channel) const {
  auto const at = entries_.find(channel);
  return at != entries_.end() && at->second.is_asked && !at->second.is_void;
}

bool channel_schedule::is_held(std::int64_t channel) const {
  auto const at = entries_.find(channel);
  return at != entries_.end() && (at->second.is_asked || at->second.is_walking) &&
         !at->second.is_void;
}

std::optional<channel_schedule::entry> channel_schedule::take_asked(std::int64_t channel) {
  auto const at = entries_.find(channel);
  if (at == entries_.end() || !at->second.is_asked) return {};
  auto const out = at->second;
  entries_.erase(at);
  return out;
}

void channel_schedule::void_asked(bool again) {
  for (auto& [channel, one] : entries_) {
    one.is_walking = false;
    if (!one.is_asked) continue;
    one.is_void = true;
    one.again = again;
  }
}

int channel_schedule::failures(std::int64_t channel) const {
  auto const at = entries_.find(channel);
  return at == entries_.end() ? 0 : at->second.failures;
}

std::set<std::int64_t> channel_schedule::wanted() const {
  std::set<std::int64_t> out;
  for (auto const& [channel, one] : entries_) out.insert(channel);
  return out;
}

difference_reason channel_schedule::reason(std::int64_t channel) const {
  auto const at = entries_.find(channel);
  if (at == entries_.end()) return difference_reason::told;
  auto const& one = at->second;
  if (one.is_rest) return difference_reason::rest;
  if (one.until_filled) return difference_reason::gap;
  return one.failures > 0 ? difference_reason::retry : difference_reason::told;
}

void channel_schedule::remove(std::int64_t channel) {
  auto const at = entries_.find(channel);
  if (at == entries_.end()) return;
  queue_.erase({at->second.due, channel});
  entries_.erase(at);
}

/// What is on its way is remembered, so that nobody is asked twice at a time.
void channel_schedule::clear() {
  void_asked(false);
  std::erase_if(entries_, [](auto const& each) { return !each.second.is_asked; });
  queue_.clear();
}

std::optional<std::int64_t> channel_schedule::due_at(steady_time now) const {
  if (queue_.empty() || queue_.begin()->first > now) return {};
  return queue_.begin()->second;
}

steady_time channel_schedule::next_due() const {
  return queue_.empty() ? steady_time::max() : queue_.begin()->first;
}

}  // namespace mtp::MTP_ABI::updates
