// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/schedules.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

outcome<> check_due(std::int32_t due, std::int32_t now) {
  if (due == schedules::when_online) return {};
  if (due < now) return refuse(400, "SCHEDULE_DATE_INVALID");
  if (due - now > schedules::max_ahead) return refuse(400, "SCHEDULE_DATE_TOO_LATE");
  return {};
}

void sort_by_due(std::vector<scheduled_message>& all) {
  std::ranges::sort(all, {}, [](scheduled_message const& m) { return std::pair(m.due, m.id); });
}

}  // namespace

outcome<std::int32_t> schedules::add(outgoing_message message, std::int32_t due, std::int32_t now) {
  auto const fine = check_due(due, now);
  if (!fine) return failure{fine.error()};
  auto& here = all_[{message.content.author, message.to}];
  if (here.size() >= max_waiting) return refuse(400, "SCHEDULE_TOO_MUCH");
  bool const again = message.random_id != 0 && std::ranges::any_of(here, [&](auto const& one) {
                       return one.second.message.random_id == message.random_id;
                     });
  if (again) return refuse(500, "RANDOM_ID_DUPLICATE");
  auto const id = ++last_id_;
  message.content.date = due;
  here[id] = {.id = id, .message = std::move(message), .due = due};
  return id;
}

scheduled_message const* schedules::find(std::int64_t author, peer where, std::int32_t id) const {
  auto const here = all_.find({author, where});
  if (here == all_.end()) return nullptr;
  auto const at = here->second.find(id);
  return at == here->second.end() ? nullptr : &at->second;
}

outcome<> schedules::change(scheduled_message changed, std::int32_t now) {
  auto const fine = check_due(changed.due, now);
  if (!fine) return fine;
  changed.message.content.date = changed.due;
  all_.at({changed.message.content.author, changed.message.to}).at(changed.id) = changed;
  return {};
}

std::optional<scheduled_message> schedules::take(std::int64_t author, peer where, std::int32_t id) {
  auto const* one = find(author, where, id);
  if (!one) return {};
  auto out = *one;
  all_[{author, where}].erase(id);
  return out;
}

std::vector<scheduled_message> schedules::waiting(std::int64_t author, peer where) const {
  std::vector<scheduled_message> out;
  auto const here = all_.find({author, where});
  if (here == all_.end()) return out;
  for (auto const& [id, one] : here->second) out.push_back(one);
  sort_by_due(out);
  return out;
}

std::vector<scheduled_message> schedules::take_due(std::int32_t now) {
  std::vector<scheduled_message> out;
  for (auto& [where, waiting] : all_) {
    for (auto const& [id, one] : waiting)
      if (one.due <= now) out.push_back(one);
    std::erase_if(waiting, [&](auto const& one) { return one.second.due <= now; });
  }
  sort_by_due(out);
  return out;
}

}  // namespace mtp::MTP_ABI::testing
