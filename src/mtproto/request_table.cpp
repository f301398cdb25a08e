// SPDX-License-Identifier: MIT OR Apache-2.0
#include "mtproto/request_table.hpp"

namespace mtp::mtproto {

request& request_table::add(bytes body, std::uint32_t head, request_options const& options) {
  auto const handle = request_handle{++last_handle_};
  request added{.handle = handle, .body = std::move(body), .head = head};
  added.after = options.after.value_or(request_handle{});
  added.in = options.priority;
  added.repeatable = options.repeatable;
  outbox_of(added).push_back(handle);
  return all_.emplace(handle, std::move(added)).first->second;
}

void request_table::erase(request& which) {
  for (auto id : which.ids) {
    // After a correction of the clock another request may have got the same id.
    auto const found = by_message_.find(id);
    if (found != by_message_.end() && found->second == which.handle) by_message_.erase(found);
  }
  all_.erase(which.handle);
}

void request_table::forget_ids() {
  by_message_.clear();
  for (auto& [handle, one] : all_) {
    one.ids.clear();
    one.id = 0;
  }
}

request* request_table::find(request_handle handle) {
  auto const found = all_.find(handle);
  return found == all_.end() ? nullptr : &found->second;
}

request* request_table::by_message(std::int64_t id) {
  auto const found = by_message_.find(id);
  return found == by_message_.end() ? nullptr : find(found->second);
}

void request_table::on_written(request& which, std::int64_t id, std::int32_t sequence) {
  which.at = request::stage::sent;
  which.sequence = sequence;
  which.container = 0;
  which.question = 0;
  which.received = 0;
  which.repeated = which.id == id;
  if (which.repeated) return;
  which.id = id;
  which.ids.push_back(id);
  by_message_[id] = which.handle;
}

void request_table::renew(request& which) {
  if (which.at != request::stage::queued) outbox_of(which).push_back(which.handle);
  which.at = request::stage::queued;
  which.question = 0;
  which.received = 0;
}

void request_table::repeat(request& which) {
  if (which.at != request::stage::sent) return;
  which.at = request::stage::again;
  which.question = 0;
  which.received = 0;
  outbox_of(which).push_back(which.handle);
}

request* request_table::next_writable() {
  for (auto& waiting : outbox_) {
    while (!waiting.empty()) {
      auto* const next = find(waiting.front());
      if (next && next->at != request::stage::sent) return next;
      waiting.pop_front();
    }
  }
  return nullptr;
}

}  // namespace mtp::mtproto
