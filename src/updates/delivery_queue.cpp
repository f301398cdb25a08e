// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/delivery_queue.hpp"

#include <cassert>
#include <utility>

namespace mtp::MTP_ABI::updates {

namespace {

/// What keeping the update costs.
std::size_t cost_of(arrival const& what) {
  std::size_t out = sizeof(arrival) + what.unreadable.buffer_size();
  if (what.loss) out += sizeof(lost);
  if (!what.album) return out + what.update.block_size();
  for (auto const& part : *what.album) out += part.block_size();
  return out;
}

}  // namespace

void merge(reach& earlier, reach later) {
  if (later.account) earlier.account = later.account;
  for (auto const& [channel, pts] : later.channels) earlier.channels[channel] = pts;
  for (auto const& [channel, id] : later.messages) earlier.messages[channel] = id;
}

void delivery_queue::push(arrival what) {
  bytes_ += cost_of(what);
  entries_.push_back({.what = std::move(what), .position = {}});
  ++updates_;
}

void delivery_queue::push_position(reach position) {
  bool const join = !entries_.empty() && !entries_.back().what;
  if (join) {
    merge(entries_.back().position, std::move(position));
  } else {
    entries_.push_back({.what = {}, .position = std::move(position)});
  }
  if (!handed_out_) pass_positions();
}

arrival const& delivery_queue::front() const {
  assert(has_update() && entries_.front().what);
  return *entries_.front().what;
}

arrival delivery_queue::take() {
  consumed();
  assert(has_update());
  arrival out = *std::move(entries_.front().what);
  entries_.pop_front();
  --updates_;
  bytes_ -= cost_of(out);
  handed_out_ = true;
  return out;
}

bool delivery_queue::consumed() {
  bool const was_handed_out = std::exchange(handed_out_, false);
  pass_positions();
  return was_handed_out;
}

/// Positions at the front have nothing before them that is not consumed.
void delivery_queue::pass_positions() {
  while (!entries_.empty() && !entries_.front().what) {
    if (!reached_) reached_ = std::make_unique<reach>();
    merge(*reached_, std::move(entries_.front().position));
    entries_.pop_front();
  }
}

reach delivery_queue::position_after() const {
  reach out = reached_ ? *reached_ : reach();
  for (auto const& one : entries_) {
    if (one.what) break;
    merge(out, one.position);
  }
  return out;
}

reach delivery_queue::take_position() {
  auto const out = std::exchange(reached_, {});
  return out ? std::move(*out) : reach();
}

void delivery_queue::clear() {
  entries_.clear();
  updates_ = 0;
  bytes_ = 0;
  handed_out_ = false;
}

}  // namespace mtp::MTP_ABI::updates
