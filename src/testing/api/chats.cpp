// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "sending.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

tl::messages::InvitedUsers invited(tl::Updates updates) {
  tl::messages::invitedUsers out;
  out.updates = std::move(updates);
  return out;
}

constexpr std::size_t max_title = 255;

outcome<> check_title(std::string_view title) {
  auto const characters = count_characters(title);
  if (!characters || title.empty()) return refuse(400, "CHAT_TITLE_EMPTY");
  if (*characters > max_title) return refuse(400, "CHAT_TITLE_TOO_LONG");
  return {};
}

outcome<tl::messages::InvitedUsers> create_chat(call_context& c,
                                                tl::messages::createChat const& q) {
  auto fine = check_title(q.title.view());
  if (!fine) return failure{fine.error()};
  if (c.self().is_bot()) return refuse(400, "BOT_METHOD_INVALID");
  std::vector<std::int64_t> users;
  for (auto const& named : q.users) {
    auto const id = resolve(c, named);
    if (!id) return failure{id.error()};
    if (*id != c.account) users.push_back(*id);
  }
  if (users.size() >= groups::max_size) return refuse(400, "USERS_TOO_MUCH");
  auto& room = c.world.all_groups().create(0, q.title.str(), c.account, c.now);
  for (auto const id : users) {
    // Somebody named twice is there once.
    (void)c.world.all_groups().add_member(room, {.user = id, .inviter = c.account, .date = c.now});
  }
  tl::messageActionChatCreate action;
  action.title = q.title;
  action.users = to_list(std::move(users));
  auto told = announce_in_chat(c, room.id, std::move(action));
  if (!told) return failure{told.error()};
  return invited(std::move(*told));
}

outcome<tl::messages::InvitedUsers> add_chat_user(call_context& c,
                                                  tl::messages::addChatUser const& q) {
  auto const room = resolve_chat(c, q.chat_id);
  if (!room) return failure{room.error()};
  if (!(*room)->has(c.account)) return refuse(403, "CHAT_WRITE_FORBIDDEN");
  auto const id = resolve(c, q.user_id);
  if (!id) return failure{id.error()};
  auto added =
      c.world.all_groups().add_member(**room, {.user = *id, .inviter = c.account, .date = c.now});
  if (!added) return failure{added.error()};
  tl::messageActionChatAddUser action;
  action.users = {*id};
  auto told = announce_in_chat(c, q.chat_id, std::move(action));
  if (!told) return failure{told.error()};
  return invited(std::move(*told));
}

outcome<tl::Updates> delete_chat_user(call_context& c, tl::messages::deleteChatUser const& q) {
  auto const room = resolve_chat(c, q.chat_id);
  if (!room) return failure{room.error()};
  auto const id = resolve(c, q.user_id);
  if (!id) return failure{id.error()};
  auto const* leaver = (*room)->find(*id);
  auto const* self = (*room)->find(c.account);
  if (!leaver || !self) return refuse(400, "USER_NOT_PARTICIPANT");
  bool const may = *id == c.account || self->admin || leaver->inviter == c.account;
  if (!may) return refuse(400, "CHAT_ADMIN_REQUIRED");
  // The one who goes still gets the message that says so.
  auto const sent = send_action(c, q.chat_id, tl::messageActionChatDeleteUser{.user_id = *id});
  if (!sent) return failure{sent.error()};
  auto removed = c.world.all_groups().remove_member(**room, *id);
  if (!removed) return failure{removed.error()};
  return sent_action(c, q.chat_id, *sent);
}

outcome<tl::Updates> edit_title(call_context& c, tl::messages::editChatTitle const& q) {
  auto const room = resolve_chat(c, q.chat_id);
  if (!room) return failure{room.error()};
  auto fine = check_title(q.title.view());
  if (!fine) return failure{fine.error()};
  if (!(*room)->has(c.account)) return refuse(403, "CHAT_WRITE_FORBIDDEN");
  if ((*room)->title == q.title.view()) return refuse(400, "CHAT_NOT_MODIFIED");
  (*room)->title = q.title.str();
  tl::messageActionChatEditTitle action;
  action.title = q.title;
  return announce_in_chat(c, q.chat_id, std::move(action));
}

outcome<bool> edit_about(call_context& c, tl::messages::editChatAbout const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  if (where->kind != world_peer_kind::chat) return refuse(400, "PEER_ID_INVALID");
  auto const room = resolve_chat(c, where->id);
  if (!room) return failure{room.error()};
  if (!(*room)->has(c.account)) return refuse(403, "CHAT_WRITE_FORBIDDEN");
  auto const characters = count_characters(q.about.view());
  if (!characters || *characters > max_title) return refuse(400, "CHAT_ABOUT_TOO_LONG");
  if ((*room)->about == q.about.view()) return refuse(400, "CHAT_ABOUT_NOT_MODIFIED");
  (*room)->about = q.about.str();
  return true;
}

outcome<tl::messages::Chats> get_chats(call_context& c, tl::messages::getChats const& q) {
  view const render(c.world, c.account);
  std::vector<tl::Chat> out;
  for (auto const id : q.id) {
    auto const room = resolve_chat(c, id);
    if (!room) return failure{room.error()};
    out.push_back(render.chat(id));
  }
  tl::messages::chats answer;
  answer.chats = to_list(std::move(out));
  return tl::messages::Chats(std::move(answer));
}

outcome<tl::messages::ChatFull> get_full_chat(call_context& c, tl::messages::getFullChat const& q) {
  auto const room = resolve_chat(c, q.chat_id);
  if (!room) return failure{room.error()};
  view render(c.world, c.account);
  tl::chatFull full;
  full.id = q.chat_id;
  full.about = tl::string((*room)->about);
  full.participants = render.participants(**room);
  full.notify_settings = tl::peerNotifySettings{};
  render.mention(peer::chat(q.chat_id));
  tl::messages::chatFull out;
  out.full_chat = std::move(full);
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  return tl::messages::ChatFull(std::move(out));
}

}  // namespace

void add_chat_handlers(handler_table& table) {
  table.on<tl::messages::createChat>(create_chat);
  table.on<tl::messages::addChatUser>(add_chat_user);
  table.on<tl::messages::deleteChatUser>(delete_chat_user);
  table.on<tl::messages::editChatTitle>(edit_title);
  table.on<tl::messages::editChatAbout>(edit_about);
  table.on<tl::messages::getChats>(get_chats);
  table.on<tl::messages::getFullChat>(get_full_chat);
}

}  // namespace mtp::MTP_ABI::testing
