// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

tl::messages::Messages rendered_waiting(call_context& c,
                                        std::vector<scheduled_message> const& all) {
  view render(c.world, c.account);
  std::vector<tl::Message> messages;
  for (auto const& one : all) messages.push_back(render.scheduled(one));
  tl::messages::messages out;
  out.messages = to_list(std::move(messages));
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  return tl::messages::Messages(std::move(out));
}

/// The last to go comes first, as in a history.
outcome<tl::messages::Messages> list_waiting(call_context& c,
                                             tl::messages::getScheduledHistory const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  auto all = c.world.later().waiting(c.account, *where);
  std::ranges::reverse(all);
  return rendered_waiting(c, all);
}

outcome<tl::messages::Messages> get_waiting(call_context& c,
                                            tl::messages::getScheduledMessages const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  std::vector<scheduled_message> all;
  for (auto const id : q.id) {
    if (auto const* one = c.world.later().find(c.account, *where, id)) all.push_back(*one);
  }
  return rendered_waiting(c, all);
}

tl::Update gone_from_schedule(view& render, peer where, std::vector<std::int32_t> ids,
                              std::vector<std::int32_t> sent) {
  tl::updateDeleteScheduledMessages out;
  out.peer = render.peer_of(where);
  out.messages = to_list(std::move(ids));
  if (!sent.empty()) out.sent_messages = to_list(std::move(sent));
  return out;
}

outcome<tl::Updates> send_waiting(call_context& c, tl::messages::sendScheduledMessages const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  std::vector<std::int32_t> ids(q.id.begin(), q.id.end());
  std::vector<std::int32_t> numbers;
  for (auto const id : ids) {
    auto one = c.world.later().take(c.account, *where, id);
    if (!one) return refuse(400, "MESSAGE_ID_INVALID");
    one->message.content.from_schedule = true;
    auto const sent = c.world.send(std::move(one->message), c.now);
    if (!sent) return failure{sent.error()};
    numbers.push_back(sent->id);
    auto message = render.message(*c.world.find_message(c.account, *where, sent->id));
    changes.push_back(new_message_update(*where, std::move(message), sent->pts));
  }
  changes.push_back(gone_from_schedule(render, *where, std::move(ids), std::move(numbers)));
  return render.updates(std::move(changes), c.now);
}

outcome<tl::Updates> delete_waiting(call_context& c,
                                    tl::messages::deleteScheduledMessages const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  std::vector<std::int32_t> ids;
  for (auto const id : q.id) {
    if (c.world.later().take(c.account, *where, id)) ids.push_back(id);
  }
  if (ids.empty()) return refuse(400, "MESSAGE_ID_INVALID");
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  changes.push_back(gone_from_schedule(render, *where, std::move(ids), {}));
  return render.updates(std::move(changes), c.now);
}

}  // namespace

void add_scheduled_handlers(handler_table& table) {
  table.on<tl::messages::getScheduledHistory>(list_waiting);
  table.on<tl::messages::getScheduledMessages>(get_waiting);
  table.on<tl::messages::sendScheduledMessages>(send_waiting);
  table.on<tl::messages::deleteScheduledMessages>(delete_waiting);
}

}  // namespace mtp::MTP_ABI::testing
