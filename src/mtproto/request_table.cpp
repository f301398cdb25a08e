// SPDX-License-Identifier: MIT OR Apache-2.0
#include "mtproto/request_table.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

std::int64_t number_of(request_handle handle) { return static_cast<std::int64_t>(handle); }

}  // namespace

request& request_table::add(request_options const& options) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  auto const slot = free_.back();
  free_.pop_back();
  ++size_;
  auto& added = slots_[slot];
  added.handle = request_handle{static_cast<std::uint64_t>(++last_handle_)};
  added.in = options.priority;
  added.repeatable = options.repeatable;
  added.compressible = options.compressible;
  by_handle_.add(last_handle_, slot);
  auto* const before = options.after ? find(*options.after) : nullptr;
  if (before) {
    added.after = before->handle;
    before->followers.push_back(added.handle);
  }
  if (before && !before->is_under_way()) {
    added.at = request::stage::held;
  } else {
    lanes_[static_cast<std::size_t>(added.in)].fresh.push_back(added.handle);
  }
  return added;
}

void request_table::erase(request& which) {
  set_stage(which, request::stage::queued);
  leave_predecessor(which);
  for (auto handle : std::exchange(which.followers, {})) {
    auto* const follower = find(handle);
    follower->after = {};
    follower->predecessor = which.id;
    if (follower->at == request::stage::held) enqueue(*follower, request::stage::queued);
  }
  forget_message(which, which.id);
  for (auto const& one : which.earlier) forget_message(which, one.id);
  by_handle_.erase(number_of(which.handle));
  free_.push_back(slot_of(which));
  --size_;
  which = request{};
}

/// Another session may have given the same id to another request.
void request_table::forget_message(request const& which, std::int64_t id) {
  auto const slot = slot_of(which);
  if (by_message_.find(id) == slot) by_message_.erase(id);
  if (by_former_.find(id) == slot) by_former_.erase(id);
}

void request_table::leave_predecessor(request& which) {
  auto* const before = find(which.after);
  if (before) std::erase(before->followers, which.handle);
}

request* request_table::find(request_handle handle) {
  return at(by_handle_.find(number_of(handle)));
}
request* request_table::by_message(std::int64_t id) { return at(by_message_.find(id)); }
request* request_table::by_former_message(std::int64_t id) { return at(by_former_.find(id)); }

std::int64_t request_table::predecessor_of(request const& which) {
  auto const* const before = find(which.after);
  return before ? before->id : which.predecessor;
}

void request_table::set_stage(request& which, request::stage to) {
  if (which.is_under_way()) --under_way_;
  which.at = to;
  if (which.is_under_way()) ++under_way_;
}

void request_table::enqueue(request& which, request::stage as) {
  set_stage(which, as);
  auto& waiting = lanes_[static_cast<std::size_t>(which.in)];
  (which.id != 0 ? waiting.again : waiting.fresh).push_back(which.handle);
}

void request_table::on_written(request& which, std::int64_t id, std::int32_t sequence) {
  if (which.id != 0) which.earlier.push_back({which.id});
  which.id = id;
  which.sequence = sequence;
  which.container = 0;
  which.state_request = 0;
  which.received = which.unanswered = 0;
  which.repeated = which.orphaned = false;
  set_stage(which, request::stage::sent);
  by_message_.add(id, slot_of(which));
  release_followers(which);
}

void request_table::on_repeated(request& which) {
  which.container = 0;
  which.state_request = 0;
  which.received = 0;
  which.repeated = true;
  set_stage(which, request::stage::sent);
}

void request_table::release_followers(request& which) {
  for (auto handle : which.followers) {
    auto* const follower = find(handle);
    if (follower->at == request::stage::held) enqueue(*follower, request::stage::queued);
  }
}

void request_table::renew(request& which, renewal why) {
  which.state_request = 0;
  which.received = 0;
  if (which.at == request::stage::held || which.at == request::stage::queued) return;
  auto const* const before = find(which.after);
  if (before && !before->is_under_way()) {
    set_stage(which, request::stage::held);
  } else {
    enqueue(which, request::stage::queued);
  }
  renew_followers(which, why);
}

/// What named a message id under which nothing was executed was not executed either; the server
/// refuses it, which means nothing. What is only to be written later stays where it is.
void request_table::renew_followers(request& which, renewal why) {
  for (auto handle : which.followers) {
    auto& follower = *find(handle);
    if (follower.at == request::stage::queued) {
      set_stage(follower, request::stage::held);
      continue;
    }
    bool const names_it = follower.build && why == renewal::not_executed;
    if (!follower.is_under_way() || !(names_it || follower.repeatable)) continue;
    follower.earlier.push_back({follower.id, true});
    set_stage(follower, request::stage::held);
    renew_followers(follower, why);
  }
}

void request_table::repeat(request& which) {
  if (which.at != request::stage::sent) return;
  which.state_request = 0;
  which.received = 0;
  enqueue(which, request::stage::again);
}

void request_table::wait(request& which) {
  if (which.at == request::stage::again) set_stage(which, request::stage::sent);
}

std::vector<request_handle> request_table::begin_session() {
  by_former_ = std::exchange(by_message_, {});
  std::vector<request_handle> undecided;
  each([&](request& one) {
    one.state_request = 0;
    if (!one.is_under_way()) return;
    set_stage(one, request::stage::undecided);
    undecided.push_back(one.handle);
  });
  return undecided;
}

request* request_table::first_of(flat_queue<request_handle>& waiting) {
  for (; !waiting.empty(); waiting.pop_front()) {
    auto* const next = find(waiting.front());
    bool const waits =
        next && (next->at == request::stage::queued || next->at == request::stage::again);
    if (waits) return next;
  }
  return nullptr;
}

bool request_table::has_next() {
  return next_of(lane::interactive) || next_of(lane::normal) || next_of(lane::bulk);
}

}  // namespace mtp::MTP_ABI::mtproto
