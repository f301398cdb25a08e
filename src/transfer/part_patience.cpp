// SPDX-License-Identifier: MIT OR Apache-2.0
#include "transfer/part_patience.hpp"

#include <mtp/core/refusal.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::transfer {
namespace {

constexpr int max_moves = 3;
constexpr int max_doublings = 5;
/// A wait of zero still costs something, or a server could keep a part going round for ever.
constexpr duration min_cost = std::chrono::seconds(1);

}  // namespace

part_patience::verdict part_patience::refused(rpc_failure const& why, int asked, int current) {
  auto const wait = wait_of(why);
  switch (class_of(why)) {
    case refusal_class::pace:
      if (wait) return hold{std::max<duration>(*wait, min_cost)};
      break;
    case refusal_class::flood:
      if (wait) return on_flood(*wait);
      break;
    case refusal_class::server_error: return failed();
    case refusal_class::move_request: return on_move(*dc_of(why), asked, current);
    default: break;
  }
  return give_up{};
}

part_patience::verdict part_patience::on_flood(duration wait) {
  wait = std::max(wait, min_cost);
  if (wait > limits_.flood_budget - flood_total_) return give_up{};
  flood_total_ += wait;
  return hold{wait};
}

/// Parts that were under way when the first of them was sent elsewhere follow it.
part_patience::verdict part_patience::on_move(int to, int asked, int current) {
  if (to == current && asked != current) return move{to};
  if (to == asked || moves_ == max_moves) return give_up{};
  ++moves_;
  return move{to};
}

part_patience::verdict part_patience::failed() {
  if (troubles_ == limits_.max_troubles) return give_up{};
  return retry{std::chrono::seconds(1) * (1 << std::min(troubles_++, max_doublings))};
}

void part_patience::on_progress() {
  flood_total_ = {};
  troubles_ = 0;
}

}  // namespace mtp::MTP_ABI::transfer
