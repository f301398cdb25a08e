// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/updates#subscribing-to-updates-of-channels-supergroups
#include "updates/channel_watch.hpp"

#include <mtp/core/deadline.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::updates {

std::shared_ptr<watched_channel> channel_watch::open(std::int64_t channel, steady_time now) {
  auto& one = entries_[channel];
  if (auto known = one.who.lock()) return known;
  auto out = std::make_shared<watched_channel>();
  one = {.who = out, .due = now};
  return out;
}

void channel_watch::forget_unwatched() {
  std::erase_if(entries_, [](auto const& one) { return one.second.who.expired(); });
}

/// An answer that never comes, as when the account changes, is not waited for without end.
std::optional<std::int64_t> channel_watch::take_due(steady_time now) {
  forget_unwatched();
  for (auto& [channel, one] : entries_) {
    if (one.due > now) continue;
    one.due = deadline_after(now, max_pace);
    return channel;
  }
  return {};
}

steady_time channel_watch::next_due() const {
  auto out = steady_time::max();
  for (auto const& [channel, one] : entries_) out = std::min(out, one.due);
  return out;
}

/// The rest is asked for by whoever asked.
void channel_watch::on_answer(std::int64_t channel, std::optional<std::int32_t> pace, bool final,
                              steady_time now) {
  auto const known = entries_.find(channel);
  if (known == entries_.end() || !final) return;
  duration const named = pace ? duration(std::chrono::seconds(*pace)) : usual_pace;
  known->second.due = deadline_after(now, std::clamp<duration>(named, usual_pace, max_pace));
}

void channel_watch::on_closed(std::int64_t channel) {
  auto const known = entries_.find(channel);
  if (known == entries_.end()) return;
  if (auto const who = known->second.who.lock()) who->refused = true;
  entries_.erase(known);
}

bool channel_watch::is_open(std::int64_t channel) const {
  auto const known = entries_.find(channel);
  return known != entries_.end() && !known->second.who.expired();
}

}  // namespace mtp::MTP_ABI::updates
