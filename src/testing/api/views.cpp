// SPDX-License-Identifier: MIT OR Apache-2.0
#include "views.hpp"

#include "../transcode/id_finder.hpp"

#include <mtp/testing/layer_set.hpp>

namespace mtp::MTP_ABI::testing {

tl::User view::user(std::int64_t id) const {
  auto const* who = world_.everybody().find(id);
  if (!who) return tl::userEmpty{.id = id};
  auto const* viewer = world_.everybody().find(viewer_);
  bool const self = id == viewer_;
  bool const contact = viewer && viewer->contacts.contains(id);
  tl::user out;
  out.id = id;
  out.self = self;
  out.contact = contact;
  out.mutual_contact = contact && who->contacts.contains(viewer_);
  out.access_hash = world_.everybody().access_hash(viewer_, id);
  out.first_name = tl::string(who->first_name);
  if (!who->last_name.empty()) out.last_name = tl::string(who->last_name);
  if (!who->username.empty()) out.username = tl::string(who->username);
  if ((self || contact) && !who->phone.empty()) out.phone = tl::string(who->phone);
  if (who->is_bot()) {
    out.bot = true;
    out.bot_info_version = 1;
    out.bot_chat_history = true;  // bots of this world hear everything in their groups
  }
  return out;
}

tl::Chat view::chat(std::int64_t id) const {
  auto const* room = world_.all_groups().find(id);
  if (!room) return tl::chatEmpty{.id = id};
  if (!room->has(viewer_)) return tl::chatForbidden{.id = id, .title = tl::string(room->title)};
  tl::chat out;
  out.creator = room->creator == viewer_;
  out.id = id;
  out.title = tl::string(room->title);
  out.photo = tl::chatPhotoEmpty{};
  out.participants_count = static_cast<std::int32_t>(room->members.size());
  out.date = room->date;
  out.version = room->version;
  out.default_banned_rights = tl::chatBannedRights{.until_date = INT32_MAX};
  return out;
}

tl::Chat view::channel(std::int64_t id) const {
  auto const* room = world_.all_channels().find(id);
  if (!room) return tl::chatEmpty{.id = id};
  auto const hash = world_.channel_hash(viewer_, id);
  if (!room->may_read(viewer_)) {
    tl::channelForbidden out;
    out.broadcast = !room->megagroup;
    out.megagroup = room->megagroup;
    out.id = id;
    out.access_hash = hash;
    out.title = tl::string(room->title);
    return out;
  }
  tl::channel out;
  out.creator = room->creator == viewer_;
  out.left = !room->has(viewer_);
  out.broadcast = !room->megagroup;
  out.megagroup = room->megagroup;
  out.id = id;
  out.access_hash = hash;
  out.title = tl::string(room->title);
  if (!room->username.empty()) out.username = tl::string(room->username);
  out.photo = tl::chatPhotoEmpty{};
  out.date = room->date;
  return out;
}

tl::Peer view::peer_of(peer where) {
  mention(where);
  if (where.kind == world_peer_kind::channel) return tl::peerChannel{.channel_id = where.id};
  if (where.kind == world_peer_kind::chat) return tl::peerChat{.chat_id = where.id};
  return tl::peerUser{.user_id = where.id};
}

void view::mention_named(bytes const& value) {
  static transcoding::id_finder const finder(own_schema());
  auto const named = finder.in(value);
  for (auto const id : named.users) {
    if (world_.everybody().find(id)) mention_user(id);
  }
  for (auto const id : named.chats) {
    if (world_.all_groups().find(id)) mention(peer::chat(id));
  }
}

std::vector<tl::User> view::users() const {
  std::set<std::int64_t> ids;
  for (auto const& who : mentioned_) {
    if (who.kind == world_peer_kind::user) ids.insert(who.id);
  }
  std::vector<tl::User> out;
  for (auto const id : ids) out.push_back(user(id));
  return out;
}

std::vector<tl::Chat> view::chats() const {
  std::vector<tl::Chat> out;
  for (auto const& who : mentioned_) {
    if (who.kind == world_peer_kind::chat) out.push_back(chat(who.id));
    if (who.kind == world_peer_kind::channel) out.push_back(channel(who.id));
  }
  return out;
}

tl::ChatParticipants view::participants(group const& room) {
  if (!room.has(viewer_)) return tl::chatParticipantsForbidden{.chat_id = room.id};
  std::vector<tl::ChatParticipant> members;
  for (auto const& m : room.members) {
    mention_user(m.user);
    if (m.user == room.creator) {
      members.push_back(tl::chatParticipantCreator{.user_id = m.user});
    } else if (m.admin) {
      members.push_back(
          tl::chatParticipantAdmin{.user_id = m.user, .inviter_id = m.inviter, .date = m.date});
    } else {
      members.push_back(
          tl::chatParticipant{.user_id = m.user, .inviter_id = m.inviter, .date = m.date});
    }
  }
  return tl::chatParticipants{
      .chat_id = room.id, .participants = to_list(std::move(members)), .version = room.version};
}

tl::Updates view::updates(std::vector<tl::Update> changes, std::int32_t date) {
  tl::updates_ out;
  out.updates = to_list(std::move(changes));
  out.users = to_list(users());
  out.chats = to_list(chats());
  out.date = date;
  out.seq = 0;
  return out;
}

}  // namespace mtp::MTP_ABI::testing
