// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts
#include <mtp/mtproto/server_salts.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::int32_t max_at_once = 64;
constexpr std::size_t max_adopted = 4096;

}  // namespace

server_salts::server_salts(random_source& random, std::chrono::seconds period)
    : random_(random), period_(period) {}

/// A salt is right for two periods: as the current one, then as the one before.
void server_salts::extend(std::int64_t until, std::int64_t now) {
  auto const period = static_cast<std::int32_t>(period_.count());
  bool const lost = !schedule_.empty() &&
                    (now < schedule_.front().valid_since || now >= schedule_.back().valid_until);
  if (lost) schedule_.clear();
  auto since =
      schedule_.empty() ? static_cast<std::int32_t>(now) : schedule_.back().valid_since + period;
  for (; since <= until; since += period)
    schedule_.push_back({random_.make<std::int64_t>(), since, since + 2 * period});
}

std::size_t server_salts::index_of(std::int64_t now) {
  extend(now, now);
  std::size_t index = 0;
  while (index + 1 < schedule_.size() && schedule_[index + 1].valid_since <= now) ++index;
  return index;
}

std::int64_t server_salts::current(std::int64_t now) { return schedule_[index_of(now)].salt; }

bool server_salts::accepts(std::int64_t salt, std::int64_t now) {
  auto const index = index_of(now);
  if (schedule_[index].salt == salt) return true;
  if (index > 0 && schedule_[index - 1].salt == salt) return true;
  return std::any_of(adopted_.begin(), adopted_.end(), [&](server_salt const& one) {
    return one.salt == salt && one.valid_since <= now && now < one.valid_until;
  });
}

std::vector<server_salt> server_salts::future(std::int32_t count, std::int64_t now) {
  count = std::clamp(count, 1, max_at_once);
  extend(now + (count - 1) * period_.count(), now);
  auto const from = schedule_.begin() + static_cast<std::ptrdiff_t>(index_of(now));
  auto const have = std::min<std::ptrdiff_t>(count, schedule_.end() - from);
  return {from, from + have};
}

void server_salts::adopt(std::int64_t salt, std::int64_t now) {
  std::erase_if(adopted_, [&](server_salt const& one) { return one.valid_until <= now; });
  if (adopted_.size() >= max_adopted) adopted_.erase(adopted_.begin());
  auto const since = static_cast<std::int32_t>(now);
  adopted_.push_back({salt, since, since + 2 * static_cast<std::int32_t>(period_.count())});
}

void server_salts::forget_present(std::int64_t now) {
  auto const index = index_of(now);
  schedule_.erase(schedule_.begin(), schedule_.begin() + static_cast<std::ptrdiff_t>(index));
  schedule_.front().salt = random_.make<std::int64_t>();
  adopted_.clear();
}

void server_salts::rotate(std::int64_t now) {
  schedule_.clear();
  adopted_.clear();
  extend(now, now);
}

}  // namespace mtp::MTP_ABI::mtproto
