// SPDX-License-Identifier: MIT OR Apache-2.0
#include "fault_line.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace mtp::MTP_ABI::testing {

std::string_view name_of(network_fault what) noexcept {
  switch (what) {
    case network_fault::drop: return "drop";
    case network_fault::reset: return "reset";
    case network_fault::half_close: return "half-close";
    case network_fault::black_hole: return "black hole";
    case network_fault::delay: return "delay";
    case network_fault::split: return "split";
    case network_fault::coalesce: return "coalesce";
    case network_fault::slow: return "slow link";
    case network_fault::duplicate: return "duplicate";
    case network_fault::reorder: return "reorder";
    case network_fault::corrupt: return "corrupt";
  }
  return "unknown";
}

bool breaks_connection(network_fault what) noexcept { return what <= network_fault::black_hole; }

fault_line::fault_line(std::vector<planned_fault> plan, random_source& dice)
    : plan_(std::move(plan)), dice_(dice) {
  // std::stable_sort of GCC 12 uses what clang warns of; the plan is short.
  for (auto at = plan_.begin(); at != plan_.end(); ++at) {
    auto const place =
        std::ranges::upper_bound(plan_.begin(), at, at->after, {}, &planned_fault::after);
    std::rotate(place, at, std::next(at));
  }
}

std::size_t fault_line::draw(std::size_t below) {
  return static_cast<std::size_t>(dice_.make<std::uint64_t>() % below);
}

std::optional<planned_fault> fault_line::due(std::size_t size) {
  if (plan_.empty() || plan_.front().after >= sent_ + size) return {};
  auto const first = plan_.front();
  plan_.erase(plan_.begin());
  return first;
}

std::optional<planned_fault> fault_line::send(byte_pipe& way, bytes_view data, steady_time now) {
  auto const fault = due(data.size());
  sent_ += data.size();
  if (fault && breaks_connection(fault->what)) return fault;
  if (fault)
    send_with(*fault, way, data, now);
  else
    way.send(data, now);
  bool const keeps = fault && fault->what == network_fault::reorder;
  if (!keeps && !kept_.empty()) way.send(std::exchange(kept_, {}), now);
  return fault;
}

void fault_line::send_with(planned_fault const& fault, byte_pipe& way, bytes_view data,
                           steady_time now) {
  switch (fault.what) {
    case network_fault::delay:
    case network_fault::coalesce: return way.send(data, now, fault.span);
    case network_fault::split: return send_split(way, data, now);
    case network_fault::slow: way.slow_down(fault.rate, now + fault.span); break;
    case network_fault::duplicate: way.send(data, now); break;
    case network_fault::reorder: return append(kept_, data);
    case network_fault::corrupt: return send_corrupted(way, data, now);
    default: break;
  }
  way.send(data, now);
}

/// Some single bytes, then the rest in two pieces.
void fault_line::send_split(byte_pipe& way, bytes_view data, steady_time now) {
  duration late = {};
  for (std::size_t piece = 0; !data.empty(); ++piece) {
    auto const size = piece < 8 ? 1 : piece == 8 ? (data.size() + 1) / 2 : data.size();
    way.send(data.first(size), now, late);
    data = data.subspan(size);
    late += std::chrono::milliseconds(1);
  }
}

void fault_line::send_corrupted(byte_pipe& way, bytes_view data, steady_time now) {
  bytes wrong(data.begin(), data.end());
  auto const bit = draw(wrong.size() * 8);
  wrong[bit / 8] = static_cast<std::uint8_t>(wrong[bit / 8] ^ (1U << (bit % 8)));
  way.send(wrong, now);
}

}  // namespace mtp::MTP_ABI::testing
