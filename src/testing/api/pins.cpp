// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// In a channel its creator pins, and everybody in a group or a private chat.
outcome<> may_pin(call_context const& c, peer where) {
  auto const fine = c.world.may_write(c.account, where);
  if (!fine) return fine;
  if (where.kind != world_peer_kind::channel) return {};
  bool const own = c.world.all_channels().find(where.id)->creator == c.account;
  if (!own) return refuse(400, "CHAT_ADMIN_REQUIRED");
  return {};
}

tl::Update pins_update(call_context& c, view& render, peer where, messages_pinned what) {
  account_event event{.account = c.account, .date = c.now};
  if (where.kind == world_peer_kind::channel) {
    channel_change change{.channel = where.id, .pts = c.world.all_channels().find(where.id)->pts};
    change.pts_count = static_cast<std::int32_t>(what.ids.size());
    change.pins = std::move(what);
    event.what = std::move(change);
  } else {
    event.pts = c.box().state().pts;
    event.pts_count = static_cast<std::int32_t>(what.ids.size());
    event.what = std::move(what);
  }
  return *render.update(event);
}

/// Everybody is told of a pin by a message that answers what was pinned.
void tell_pin(call_context& c, view& render, peer where, std::int32_t id,
              std::vector<tl::Update>& changes) {
  outgoing_message out{.to = where, .reply_to = id};
  out.content.author = c.account;
  out.content.action = encode_object(tl::MessageAction(tl::messageActionPinMessage{}));
  auto const told = c.world.send(std::move(out), c.now);
  if (!told) return;
  auto message = render.message(*c.world.find_message(c.account, where, told->id));
  changes.push_back(new_message_update(where, std::move(message), told->pts));
}

outcome<tl::Updates> update_pin(call_context& c, tl::messages::updatePinnedMessage const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  auto const may = may_pin(c, *where);
  if (!may) return failure{may.error()};
  if (!c.world.find_message(c.account, *where, q.id)) return refuse(400, "MESSAGE_ID_INVALID");
  pin_change const how{.pinned = !q.unpin, .for_all = !q.pm_oneside};
  auto const count = c.world.pin(c.account, *where, {q.id}, how, c.now);
  if (count == 0) return refuse(400, "CHAT_NOT_MODIFIED");
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  changes.push_back(pins_update(c, render, *where, {*where, {q.id}, !q.unpin}));
  if (how.pinned && how.for_all) tell_pin(c, render, *where, q.id, changes);
  return render.updates(std::move(changes), c.now);
}

outcome<tl::messages::AffectedHistory> unpin_all(call_context& c,
                                                 tl::messages::unpinAllMessages const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  auto const may = may_pin(c, *where);
  if (!may) return failure{may.error()};
  auto const count = c.world.pin(c.account, *where, c.world.pinned_in(c.account, *where),
                                 {.pinned = false}, c.now);
  bool const in_channel = where->kind == world_peer_kind::channel;
  auto const pts = in_channel ? c.world.all_channels().find(where->id)->pts : c.box().state().pts;
  return tl::messages::AffectedHistory{.pts = pts, .pts_count = count, .offset = 0};
}

}  // namespace

void add_pin_handlers(handler_table& table) {
  table.on<tl::messages::updatePinnedMessage>(update_pin);
  table.on<tl::messages::unpinAllMessages>(unpin_all);
}

}  // namespace mtp::MTP_ABI::testing
