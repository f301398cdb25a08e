// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What an engine says of itself.
#include <mtp/updates/engine.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace mtp::MTP_ABI::updates {
namespace {

using order = update_number::order;

/// How far the server is known to be ahead: as far as the farthest update that came too early.
std::optional<std::int32_t> lag(std::optional<std::int32_t> farthest, std::int32_t at,
                                bool is_caught_up) {
  if (farthest) return std::max(*farthest, at) - at;
  return is_caught_up ? std::optional(0) : std::nullopt;
}

box_report report_of(gap_buffer const& early, order of, std::int64_t channel, std::int32_t at,
                     bool is_caught_up) {
  box_report out{.of = of, .channel = channel, .at = at};
  auto const farthest = early.farthest_of(of, channel);
  out.behind = lag(farthest, at, is_caught_up);
  out.has_gap = farthest.has_value();
  return out;
}

}  // namespace

std::string_view name_of(difference_reason why) noexcept {
  static constexpr std::array<std::string_view, 7> names = {"start", "session", "told",   "gap",
                                                            "rest",  "retry",   "silence"};
  return names[static_cast<std::size_t>(why)];
}

engine_report engine::report(steady_time now) const {
  engine_report out{.is_known = order_.boxes().is_known(), .is_caught_up = is_caught_up(now)};
  out.channels = order_.boxes().channels().size();
  out.unread = inbox_.size_in_bytes();
  out.early = order_.early().size();
  out.early_bytes = order_.early().size_in_bytes();
  if (out.is_known) report_account(out, now);
  report_channels(out);
  return out;
}

void engine::report_account(engine_report& to, steady_time now) const {
  auto const& at = order_.boxes().state();
  bool const wanted = asked_ != request_kind::none || wants_difference(now);
  for (auto const& [of, place] : {std::pair(order::common, at.pts), {order::secondary, at.qts}}) {
    auto one = report_of(order_.early(), of, 0, place, to.is_caught_up);
    one.is_wanted = wanted;
    to.boxes.push_back(one);
  }
}

/// Those of which something is missing: the others may be thousands.
void engine::report_channels(engine_report& to) const {
  auto const wanted = order_.channels().wanted();
  auto all = order_.early().channels();
  all.insert(wanted.begin(), wanted.end());
  for (auto const channel : all) {
    auto const at = order_.boxes().channel_pts(channel);
    auto one = report_of(order_.early(), order::channel, channel, at.value_or(0), false);
    one.is_wanted = wanted.contains(channel);
    to.boxes.push_back(one);
  }
}

/// Why the account's difference is asked for now.
difference_reason engine::reason_now(steady_time now) const {
  if (auto const why = order_.requested()) return *why;
  if (order_.is_round_due(now)) return difference_reason::rest;
  return order_.gap_deadline() <= now ? difference_reason::gap : difference_reason::silence;
}

}  // namespace mtp::MTP_ABI::updates
