// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

outcome<tl::list<tl::User>> get_users(call_context& c, tl::users::getUsers const& q) {
  view const render(c.world, c.account);
  std::vector<tl::User> out;
  for (auto const& named : q.id) {
    auto const id = resolve(c, named);
    if (id) {
      out.push_back(render.user(*id));
    } else {
      out.push_back(tl::userEmpty{});
    }
  }
  return to_list(std::move(out));
}

std::int32_t groups_in_common(call_context const& c, std::int64_t other) {
  std::int32_t count = 0;
  for (auto const& [id, room] : c.world.all_groups().all())
    count += other != c.account && room.has(c.account) && room.has(other) ? 1 : 0;
  return count;
}

outcome<tl::users::UserFull> get_full_user(call_context& c, tl::users::getFullUser const& q) {
  auto const id = resolve(c, q.id);
  if (!id) return failure{id.error()};
  auto const& who = *c.world.everybody().find(*id);
  tl::userFull full;
  full.id = *id;
  full.can_pin_message = true;
  if (!who.about.empty()) full.about = tl::string(who.about);
  full.settings = tl::peerSettings{};
  full.notify_settings = tl::peerNotifySettings{};
  full.common_chats_count = groups_in_common(c, *id);
  if (who.is_bot()) {
    tl::botInfo info;
    info.user_id = *id;
    info.description = tl::string(who.about);
    if (!who.commands.empty()) info.commands = decode_stored_list<tl::BotCommand>(who.commands);
    full.bot_info = std::move(info);
  }
  tl::users::userFull out;
  out.full_user = std::move(full);
  out.users = {view(c.world, c.account).user(*id)};
  return tl::users::UserFull(std::move(out));
}

}  // namespace

void add_user_handlers(handler_table& table) {
  table.on<tl::users::getUsers>(get_users);
  table.on<tl::users::getFullUser>(get_full_user);
}

}  // namespace mtp::MTP_ABI::testing
