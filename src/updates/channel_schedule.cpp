// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/channel_schedule.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::updates {

void channel_schedule::request(std::int64_t channel, steady_time due) {
  auto const [at, is_new] = entries_.try_emplace(channel, entry{.due = due});
  if (is_new || !at->second.until_filled) return;
  at->second.due = std::min(at->second.due, due);
  at->second.until_filled = false;
}

void channel_schedule::request_unless_filled(std::int64_t channel, steady_time due) {
  entries_.try_emplace(channel, entry{.due = due, .until_filled = true});
}

void channel_schedule::on_gap_filled(std::int64_t channel) {
  auto const at = entries_.find(channel);
  if (at != entries_.end() && at->second.until_filled) entries_.erase(at);
}

int channel_schedule::failures(std::int64_t channel) const {
  auto const at = entries_.find(channel);
  return at == entries_.end() ? 0 : at->second.failures;
}

void channel_schedule::on_refused(std::int64_t channel, steady_time due) {
  auto& at = entries_[channel];
  at = {.due = due, .failures = at.failures + 1};
}

std::map<std::int64_t, channel_schedule::entry>::const_iterator channel_schedule::first() const {
  return std::ranges::min_element(entries_, {}, [](auto const& each) { return each.second.due; });
}

std::optional<std::int64_t> channel_schedule::due_at(steady_time now) const {
  auto const at = first();
  if (at == entries_.end() || at->second.due > now) return {};
  return at->first;
}

steady_time channel_schedule::next_due() const {
  auto const at = first();
  return at == entries_.end() ? steady_time::max() : at->second.due;
}

}  // namespace mtp::MTP_ABI::updates
