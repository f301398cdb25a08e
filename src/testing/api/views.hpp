// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "tl_values.hpp"

#include <mtp/testing/world/world.hpp>

#include <optional>
#include <set>
#include <vector>

namespace mtp::MTP_ABI::testing {

/// The world as one account may see it, in the words of the API.
///
/// Everybody whom a message, an update or a dialog mentions is remembered, so that users() and
/// chats() can give the lists that go with them.
class view {
 public:
  view(testing::world& population, std::int64_t viewer) : world_(population), viewer_(viewer) {}

  tl::User user(std::int64_t id) const;
  tl::Chat chat(std::int64_t id) const;
  tl::Chat channel(std::int64_t id) const;
  tl::Peer peer_of(peer where);
  tl::Message message(message_copy const& copy);
  tl::Message scheduled(scheduled_message const& waiting);
  /// Empty for an event that is over, such as the edit of a message since deleted.
  std::optional<tl::Update> update(account_event const& event);
  tl::ChatParticipants participants(group const& room);

  void mention(peer who) { mentioned_.insert(who); }
  void mention_user(std::int64_t id) { mentioned_.insert(peer::user(id)); }
  /// Mentions everybody of this world who stands in an encoded value, or in a list of them.
  void mention_named(bytes const& value);
  std::vector<tl::User> users() const;
  std::vector<tl::Chat> chats() const;

  /// `changes` with the lists that go with them, as a container of updates.
  tl::Updates updates(std::vector<tl::Update> changes, std::int32_t date);

 private:
  tl::Message service_message(message_copy const& copy);
  std::optional<tl::Peer> author_of(message_copy const& copy);
  std::optional<tl::MessageReplyHeader> reply_header(message_copy const& copy);

  world& world_;
  std::int64_t viewer_;
  std::set<peer> mentioned_;
};

/// Tells of a new message, in the words for where it stands.
tl::Update new_message_update(peer where, tl::Message message, std::int32_t pts);

}  // namespace mtp::MTP_ABI::testing
