// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/salts.hpp>

#include <algorithm>
#include <span>

namespace mtp::MTP_ABI::mtproto {
namespace {

bool earlier(server_salt const& a, server_salt const& b) {
  return a.valid_since != b.valid_since ? a.valid_since < b.valid_since : a.salt < b.salt;
}

}  // namespace

salt_list::salt_list(std::vector<server_salt> known) : known_(std::move(known)) {
  std::sort(known_.begin(), known_.end(), earlier);
  if (known_.size() > max_known) known_.resize(max_known);
}

void salt_list::set_current(std::int64_t salt, std::int64_t now) {
  auto const since = static_cast<std::int32_t>(now);
  auto const same = std::find_if(known_.begin(), known_.end(),
                                 [&](server_salt const& s) { return s.salt == salt; });
  // One that was never announced means another schedule: what we know of the future is void.
  bool const announced = same != known_.end();
  server_salt const current{salt, since, announced ? same->valid_until : 0};
  std::erase_if(known_, [&](server_salt const& s) {
    return !announced || s.salt == salt || s.valid_since <= since;
  });
  known_.insert(known_.begin(), current);
}

void salt_list::add(std::vector<server_salt> const& more, std::int64_t now) {
  for (auto const& salt : std::span(more).first(std::min(more.size(), max_known))) {
    if (salt.valid_until <= now || salt.valid_since > salt.valid_until) continue;
    auto const same = std::find_if(known_.begin(), known_.end(),
                                   [&](server_salt const& s) { return s.salt == salt.salt; });
    if (same != known_.end()) {
      *same = salt;
    } else {
      known_.push_back(salt);
    }
  }
  std::sort(known_.begin(), known_.end(), earlier);
  forget_past(now);
  if (known_.size() > max_known) known_.resize(max_known);
  known_.shrink_to_fit();
}

std::int64_t salt_list::at(std::int64_t now) const noexcept {
  std::int64_t best = known_.empty() ? 0 : known_.front().salt;
  for (auto const& salt : known_) {  // in order
    if (salt.valid_since > now) break;
    best = salt.salt;
  }
  return best;
}

std::int64_t salt_list::known_until() const noexcept {
  std::int64_t until = 0;
  for (auto const& salt : known_) until = std::max<std::int64_t>(until, salt.valid_until);
  return until;
}

void salt_schedule::on_answered(bool helped) noexcept {
  pause_ = helped ? first_pause : std::min<duration>(pause_ * 2, max_pause);
}

/// Salts that are over, except the last that began: something must be sent.
void salt_list::forget_past(std::int64_t now) {
  auto const begun = std::count_if(known_.begin(), known_.end(),
                                   [&](server_salt const& s) { return s.valid_since <= now; });
  if (begun > 1) known_.erase(known_.begin(), known_.begin() + begun - 1);
}

}  // namespace mtp::MTP_ABI::mtproto
