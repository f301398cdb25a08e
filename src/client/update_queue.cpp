// SPDX-License-Identifier: MIT OR Apache-2.0
#include "client/update_queue.hpp"

#include "events/update_access.hpp"

#include <cassert>
#include <utility>

namespace mtp::detail {

namespace {

/// What keeping the update costs.
std::size_t cost_of(update const& what) {
  return sizeof(update) + what.raw().block_size() + update_access::unreadable(what).buffer_size();
}

}  // namespace

void update_queue::push(update what) {
  bytes_ += cost_of(what);
  entries_.push_back({.what = std::move(what), .position = {}});
  ++updates_;
}

void update_queue::push_position(session_change position) {
  bool const join = !entries_.empty() && !entries_.back().what;
  if (join) {
    merge(entries_.back().position, std::move(position));
  } else {
    entries_.push_back({.what = {}, .position = std::move(position)});
  }
  if (!handed_out_) pass_positions();
}

update const& update_queue::front() const {
  assert(has_update() && entries_.front().what);
  return *entries_.front().what;
}

update update_queue::take() {
  consumed();
  assert(has_update());
  update out = *std::move(entries_.front().what);
  entries_.pop_front();
  --updates_;
  bytes_ -= cost_of(out);
  handed_out_ = true;
  return out;
}

bool update_queue::consumed() {
  bool const was_handed_out = std::exchange(handed_out_, false);
  pass_positions();
  return was_handed_out;
}

/// Positions at the front have nothing before them that is not consumed.
void update_queue::pass_positions() {
  while (!entries_.empty() && !entries_.front().what) {
    reached_.add(std::move(entries_.front().position));
    entries_.pop_front();
  }
}

session_change update_queue::take_position() { return reached_.take(); }

void update_queue::clear() {
  entries_.clear();
  updates_ = 0;
  bytes_ = 0;
  handed_out_ = false;
}

}  // namespace mtp::detail
