// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/delivery_attempts.hpp"

#include "updates/update_key.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::updates {
namespace {

constexpr auto pause_between_saves = std::chrono::milliseconds(20);

/// More have killed the program before it was through with them; those that killed it most stay.
constexpr std::size_t max_noted = 1024;

/// What was acknowledged stays: its marks go with the position.
std::string const& least_of(delivery_attempts::counts const& stored) {
  auto const weight = [](auto const& each) { return static_cast<std::uint32_t>(each.second); };
  return std::ranges::min_element(stored, {}, weight)->first;
}

}  // namespace

bool is_behind(reach const& position, std::string const& key) {
  auto const channel = channel_of_key(key);
  if (!channel) return position.account.has_value();
  return position.channels.contains(*channel);
}

void delivery_attempts::on_rewind() {
  repeats_ = everything;
  was_marked_.reset();
  is_unmarked_ = true;
}

void delivery_attempts::on_caught_up(std::size_t waiting) {
  repeats_ = std::min(repeats_, waiting);
}

delivery_attempts::changes delivery_attempts::note(counts const& stored, std::string const& key,
                                                   std::int32_t attempt) {
  if (!was_marked_) was_marked_ = !stored.empty();
  changes out;
  if (stored.size() >= max_noted && !stored.contains(key)) out[least_of(stored)] = std::nullopt;
  out[key] = attempt;
  return out;
}

bool delivery_attempts::must_save(steady_time now) {
  if (!is_unmarked_ && !is_suspicious() && now < next_save_) return false;
  is_unmarked_ = false;
  next_save_ = now + pause_between_saves;
  return true;
}

void delivery_attempts::on_delivered() {
  if (repeats_ != everything && repeats_ > 0) --repeats_;
}

/// While updates come again, a mark may be of one that is still to come.
delivery_attempts::changes delivery_attempts::forget(counts const& stored,
                                                     reach const& position) const {
  changes out;
  if (repeats_ > 0) return out;
  for (auto const& [key, count] : stored) {
    if (is_behind(position, key)) out[key] = std::nullopt;
  }
  return out;
}

}  // namespace mtp::MTP_ABI::updates
