// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

tl::contacts::ResolvedPeer resolved(call_context& c, std::int64_t user) {
  view render(c.world, c.account);
  tl::contacts::resolvedPeer out;
  out.peer = render.peer_of(peer::user(user));
  out.users = to_list(render.users());
  return out;
}

tl::contacts::ResolvedPeer resolved_channel(call_context& c, std::int64_t id) {
  view render(c.world, c.account);
  tl::contacts::ResolvedPeer out;
  out.peer = render.peer_of(peer::channel(id));
  out.chats = to_list(render.chats());
  return out;
}

outcome<tl::contacts::ResolvedPeer> resolve_username(call_context& c,
                                                     tl::contacts::resolveUsername const& q) {
  if (!plausible_username(q.username.view())) return refuse(400, "USERNAME_INVALID");
  auto const* who = c.world.everybody().find_username(q.username);
  auto const* room = who ? nullptr : c.world.all_channels().find_username(q.username.view());
  if (room) return resolved_channel(c, room->id);
  if (!who) return refuse(400, "USERNAME_NOT_OCCUPIED");
  return resolved(c, who->id);
}

outcome<tl::contacts::ResolvedPeer> resolve_phone(call_context& c,
                                                  tl::contacts::resolvePhone const& q) {
  auto const* who = c.world.everybody().find_phone(q.phone);
  if (!who) return refuse(400, "PHONE_NOT_OCCUPIED");
  return resolved(c, who->id);
}

outcome<tl::contacts::Contacts> get_contacts(call_context& c, tl::contacts::getContacts const&) {
  view render(c.world, c.account);
  std::vector<tl::Contact> list;
  for (auto const id : c.self().contacts) {
    render.mention_user(id);
    bool const mutual = c.world.everybody().find(id)->contacts.contains(c.account);
    list.push_back({.user_id = id, .mutual = mutual});
  }
  tl::contacts::contacts out;
  out.saved_count = static_cast<std::int32_t>(list.size());
  out.contacts = to_list(std::move(list));
  out.users = to_list(render.users());
  return tl::contacts::Contacts(std::move(out));
}

outcome<tl::contacts::ImportedContacts> import_contacts(call_context& c,
                                                        tl::contacts::importContacts const& q) {
  view render(c.world, c.account);
  std::vector<tl::ImportedContact> list;
  for (auto const& entry : q.contacts) {
    auto const* who = c.world.everybody().find_phone(entry.phone);
    if (!who || who->id == c.account) continue;
    c.self().contacts.insert(who->id);
    render.mention_user(who->id);
    list.push_back({.user_id = who->id, .client_id = entry.client_id});
  }
  tl::contacts::importedContacts out;
  out.imported = to_list(std::move(list));
  out.users = to_list(render.users());
  return tl::contacts::ImportedContacts(std::move(out));
}

bool matches(person const& who, std::string_view text) {
  auto const inside = [&](std::string_view where) {
    auto const same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    return std::search(where.begin(), where.end(), text.begin(), text.end(), same) != where.end();
  };
  return inside(who.username) || inside(who.first_name) || inside(who.last_name);
}

outcome<tl::contacts::Found> search_people(call_context& c, tl::contacts::search const& q) {
  auto text = q.q.view();
  if (text.starts_with('@')) text.remove_prefix(1);
  if (text.empty()) return refuse(400, "SEARCH_QUERY_EMPTY");
  view render(c.world, c.account);
  std::vector<tl::Peer> own;
  std::vector<tl::Peer> others;
  for (auto const& [id, who] : c.world.everybody().all()) {
    if (!matches(who, text)) continue;
    auto& list = c.self().contacts.contains(id) ? own : others;
    if (static_cast<std::int32_t>(list.size()) < std::clamp(q.limit, 1, 100))
      list.push_back(render.peer_of(peer::user(id)));
  }
  tl::contacts::found out;
  out.my_results = to_list(std::move(own));
  out.results = to_list(std::move(others));
  out.users = to_list(render.users());
  return tl::contacts::Found(std::move(out));
}

outcome<tl::list<tl::ContactStatus>> get_statuses(call_context&, tl::contacts::getStatuses const&) {
  return tl::list<tl::ContactStatus>{};
}

outcome<tl::contacts::TopPeers> get_top_peers(call_context&, tl::contacts::getTopPeers const&) {
  return tl::contacts::TopPeers(tl::contacts::topPeersDisabled{});
}

outcome<tl::contacts::Blocked> get_blocked(call_context&, tl::contacts::getBlocked const&) {
  return tl::contacts::Blocked(tl::contacts::blocked{});
}

}  // namespace

void add_contact_handlers(handler_table& table) {
  table.on<tl::contacts::resolveUsername>(resolve_username);
  table.on<tl::contacts::resolvePhone>(resolve_phone);
  table.on<tl::contacts::getContacts>(get_contacts);
  table.on<tl::contacts::importContacts>(import_contacts);
  table.on<tl::contacts::search>(search_people);
  table.on<tl::contacts::getStatuses>(get_statuses);
  table.on<tl::contacts::getTopPeers>(get_top_peers);
  table.on<tl::contacts::getBlocked>(get_blocked);
}

}  // namespace mtp::MTP_ABI::testing
