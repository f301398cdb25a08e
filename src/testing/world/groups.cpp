// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/groups.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::testing {

member const* group::find(std::int64_t user) const {
  auto const at = std::find_if(members.begin(), members.end(),
                               [user](member const& m) { return m.user == user; });
  return at == members.end() ? nullptr : &*at;
}

group& groups::create(std::int64_t id, std::string title, std::int64_t creator, std::int32_t date) {
  if (id == 0) id = by_id_.empty() ? 1000 : by_id_.rbegin()->first + 1;
  group fresh{.id = id, .title = std::move(title), .creator = creator, .date = date};
  fresh.members.push_back({.user = creator, .inviter = creator, .date = date, .admin = true});
  return by_id_.insert_or_assign(id, std::move(fresh)).first->second;
}

group* groups::find(std::int64_t id) {
  auto const at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : &at->second;
}

group const* groups::find(std::int64_t id) const { return const_cast<groups*>(this)->find(id); }

outcome<> groups::add_member(group& where, member who) {
  if (where.has(who.user)) return refuse(400, "USER_ALREADY_PARTICIPANT");
  if (where.members.size() >= max_size) return refuse(400, "USERS_TOO_MUCH");
  where.members.push_back(who);
  ++where.version;
  return {};
}

outcome<> groups::remove_member(group& where, std::int64_t user) {
  auto const removed =
      std::erase_if(where.members, [user](member const& m) { return m.user == user; });
  if (removed == 0) return refuse(400, "USER_NOT_PARTICIPANT");
  ++where.version;
  return {};
}

}  // namespace mtp::MTP_ABI::testing
