// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/updates/update_boxes.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace mtp::MTP_ABI::updates {
namespace {

/// Numbers come from the server, so they are compared where nothing can overflow.
verdict step(std::int32_t& local, std::int32_t arrives, std::int32_t count) {
  std::int64_t const starts = std::int64_t{arrives} - count;
  if (count == 0 && arrives == local) return verdict::apply;
  if (starts > local) return verdict::gap;
  if (starts < local) return verdict::skip;
  local = arrives;
  return verdict::apply;
}

/// Where a box stood before `count` came to `arrives`.
std::int32_t before(std::int32_t arrives, std::int32_t count) {
  auto const least = std::int64_t{std::numeric_limits<std::int32_t>::min()};
  return static_cast<std::int32_t>(std::max(std::int64_t{arrives} - count, least));
}

}  // namespace

verdict update_boxes::common(std::int32_t pts, std::int32_t count) {
  if (pts == 0) return verdict::apply;  // carries no number
  if (!known_ && state_.pts == 0) state_.pts = before(pts, std::max(count, 0));
  return step(state_.pts, pts, std::max(count, 0));
}

verdict update_boxes::channel(std::int64_t id, std::int32_t pts, std::int32_t count) {
  if (pts == 0) return verdict::apply;
  count = std::max(count, 0);
  auto const [box, first] = channels_.try_emplace(id, pts);
  return first ? verdict::apply : step(box->second, pts, count);
}

verdict update_boxes::secondary(std::int32_t qts) {
  if (qts == 0) return verdict::apply;
  if (!known_ && state_.qts == 0) state_.qts = before(qts, 1);
  return step(state_.qts, qts, 1);
}

verdict update_boxes::batch(std::int32_t seq_start) const {
  if (seq_start == 0 || (!known_ && state_.seq == 0)) return verdict::apply;
  std::int64_t const next = std::int64_t{state_.seq} + 1;
  if (seq_start == next) return verdict::apply;
  return seq_start < next ? verdict::skip : verdict::gap;
}

void update_boxes::batch_applied(std::int32_t seq, std::int32_t date) {
  if (seq != 0) state_.seq = seq;
  state_.date = std::max(state_.date, date);
}

void update_boxes::advance_to(update_state to) {
  if (known_) {
    to.pts = std::max(to.pts, state_.pts);
    to.qts = std::max(to.qts, state_.qts);
  }
  reset_to(to);
}

void update_boxes::advance_channel(std::int64_t id, std::int32_t pts) {
  auto const [box, first] = channels_.try_emplace(id, pts);
  box->second = std::max(box->second, pts);
}

void update_boxes::nothing_missed(std::int32_t date, std::int32_t seq) {
  state_.date = date;
  state_.seq = seq;
}

std::optional<std::int32_t> update_boxes::channel_pts(std::int64_t id) const {
  auto const box = channels_.find(id);
  if (box == channels_.end()) return {};
  return box->second;
}

}  // namespace mtp::MTP_ABI::updates
