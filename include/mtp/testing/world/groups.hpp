// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/testing/world/fault.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// Somebody in a group, and who brought them in.
struct member {
  std::int64_t user = 0;
  std::int64_t inviter = 0;
  std::int32_t date = 0;
  bool admin = false;
};

/// A basic group.
struct MTP_API group {
  std::int64_t id = 0;
  std::string title = {};
  std::string about = {};
  std::int64_t creator = 0;
  std::int32_t date = 0;
  std::int32_t version = 1;  ///< rises with every change of the members
  std::vector<member> members = {};

  member const* find(std::int64_t user) const;
  bool has(std::int64_t user) const { return find(user) != nullptr; }
};

/// The basic groups of the world.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API groups {
 public:
  /// The most members a group may have (`config.chat_size_max`).
  static constexpr std::size_t max_size = 200;

  /// Founds a group; an id of 0 picks a free one. The creator is its first member.
  group& create(std::int64_t id, std::string title, std::int64_t creator, std::int32_t date);
  group* find(std::int64_t id);
  group const* find(std::int64_t id) const;

  /// Errors: USER_ALREADY_PARTICIPANT, USERS_TOO_MUCH.
  outcome<> add_member(group& where, member who);
  /// Errors: USER_NOT_PARTICIPANT.
  outcome<> remove_member(group& where, std::int64_t user);

  std::map<std::int64_t, group> const& all() const { return by_id_; }

 private:
  std::map<std::int64_t, group> by_id_;
};

}  // namespace mtp::MTP_ABI::testing
