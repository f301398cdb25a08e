// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/difference_notes.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::detail {

void difference_notes::on_asked(std::int64_t box, updates::difference_reason why, steady_time now) {
  auto& one = notes_[box];
  one.why = why;
  one.asked = now;
  one.is_under_way = true;
  if (notes_.size() <= max_boxes) return;
  auto const age = [](auto const& each) { return each.second.asked; };
  notes_.erase(std::ranges::min_element(notes_, {}, age));
}

void difference_notes::on_ended(std::int64_t box, std::error_code failed) {
  auto const found = notes_.find(box);
  if (found == notes_.end()) return;
  found->second.is_under_way = false;
  found->second.failed = failed;
}

std::optional<difference_health> difference_notes::find(std::int64_t box, steady_time now) const {
  auto const found = notes_.find(box);
  if (found == notes_.end()) return {};
  auto const& one = found->second;
  return difference_health{.why = one.why,
                           .age = now - one.asked,
                           .is_under_way = one.is_under_way,
                           .failed = one.failed};
}

}  // namespace mtp::MTP_ABI::detail
