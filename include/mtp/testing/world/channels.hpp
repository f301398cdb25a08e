// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/core/config.hpp>
#include <mtp/testing/world/event.hpp>
#include <mtp/testing/world/fault.hpp>
#include <mtp/testing/world/message.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// A channel or a supergroup: one history for everybody, with one count of its changes.
struct MTP_API channel {
  std::int64_t id = 0;
  std::string title = {};
  std::string username = {};  ///< who knows it may read without being a member; empty: private
  std::int64_t creator = 0;
  std::int32_t date = 0;
  bool megagroup = false;  ///< every member may write, not only the creator
  std::set<std::int64_t> members = {};
  std::map<std::int64_t, std::int32_t> read_up_to = {};  ///< by member
  std::int32_t pts = 1;
  std::int32_t last_id = 0;
  std::map<std::int32_t, std::shared_ptr<message_content>> posts = {};
  std::deque<channel_change> log = {};

  bool has(std::int64_t user) const { return members.contains(user); }
  bool may_read(std::int64_t user) const { return has(user) || !username.empty(); }
  bool may_write(std::int64_t user) const { return user == creator || (megagroup && has(user)); }
  /// Empty when it is not there.
  std::shared_ptr<message_content> find(std::int32_t post) const;
  /// The message as the copies of other conversations look; empty when it is not there.
  std::optional<message_copy> copy_for(std::int64_t viewer, std::int32_t post) const;
  /// The changes after `since`, at most `limit`; empty optional when the log does not reach back.
  std::optional<std::vector<channel_change>> changes(std::int32_t since, std::size_t limit) const;
};

/// The channels of the world.
/// Threads: not thread-safe; a data centre uses it on its own strand.
class MTP_API channels {
 public:
  /// The most changes a channel's log keeps. Who asks for older ones gets channelDifferenceTooLong.
  static constexpr std::size_t max_log = 1000;

  /// Founds a channel; an id of 0 picks a free one. The creator is its first member.
  channel& create(std::int64_t id, std::string title, std::int64_t creator, std::int32_t date);
  channel* find(std::int64_t id);
  channel const* find(std::int64_t id) const;
  /// Without the leading `@`, in any case of letters.
  channel const* find_username(std::string_view username) const;

  std::map<std::int64_t, channel> const& all() const { return by_id_; }

 private:
  std::map<std::int64_t, channel> by_id_;
};

}  // namespace mtp::MTP_ABI::testing
