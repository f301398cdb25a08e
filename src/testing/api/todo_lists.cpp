// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::size_t max_list = 30;

struct list_place {
  peer where = {};
  message_copy copy = {};
  tl::messageMediaToDo list = {};
};

outcome<list_place> find_list(call_context& c, tl::InputPeer const& named, std::int32_t id) {
  auto const where = resolve_place(c, named);
  if (!where) return failure{where.error()};
  auto const copy = c.world.find_message(c.account, *where, id);
  if (!copy || copy->content->media.empty()) return refuse(400, "MESSAGE_ID_INVALID");
  auto const media = decode_stored<tl::MessageMedia>(copy->content->media);
  auto const* list = media.get_if<tl::messageMediaToDo>();
  if (!list) return refuse(400, "MESSAGE_ID_INVALID");
  return list_place{*where, *copy, *list};
}

bool has_item(tl::messageMediaToDo const& list, std::int32_t id) {
  return std::ranges::any_of(list.todo.list,
                             [&](tl::todoItem const& item) { return item.id == id; });
}

/// Everybody sees the list as it is now, and is told what was done by a message.
tl::Updates list_updates(call_context& c, list_place const& at, tl::MessageAction action) {
  at.copy.content->media = encode_object(tl::MessageMedia(at.list));
  c.world.show_again(c.account, at.where, at.copy.id, c.now);
  bool const in_channel = at.where.kind == world_peer_kind::channel;
  auto const pts = in_channel ? c.world.all_channels().find(at.where.id)->pts : c.box().state().pts;
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  auto shown = render.message(at.copy);
  if (in_channel) {
    changes.push_back(
        tl::updateEditChannelMessage{.message = std::move(shown), .pts = pts, .pts_count = 1});
  } else {
    changes.push_back(
        tl::updateEditMessage{.message = std::move(shown), .pts = pts, .pts_count = 1});
  }
  outgoing_message out{.to = at.where, .reply_to = at.copy.id};
  out.content.author = c.account;
  out.content.action = encode_object(action);
  auto const told = c.world.send(std::move(out), c.now);
  if (told)
    changes.push_back(new_message_update(
        at.where, render.message(*c.world.find_message(c.account, at.where, told->id)), told->pts));
  return render.updates(std::move(changes), c.now);
}

outcome<tl::Updates> tick(call_context& c, tl::messages::toggleTodoCompleted const& q) {
  auto at = find_list(c, q.peer, q.msg_id);
  if (!at) return failure{at.error()};
  bool const may = at->copy.content->author == c.account || at->list.todo.others_can_complete;
  if (!may) return refuse(403, "TODO_TICK_FORBIDDEN");
  tl::list<tl::todoCompletion> done;
  if (at->list.completions) done = *at->list.completions;
  auto const is_done = [&](std::int32_t id) {
    return std::ranges::any_of(done, [&](tl::todoCompletion const& one) { return one.id == id; });
  };
  bool changed = false;
  view render(c.world, c.account);
  for (auto const id : q.completed) {
    if (!has_item(at->list, id)) return refuse(400, "TODO_ITEM_INVALID");
    if (is_done(id)) continue;
    done.push_back(
        {.id = id, .completed_by = render.peer_of(peer::user(c.account)), .date = c.now});
    changed = true;
  }
  tl::list<tl::todoCompletion> left;
  for (auto const& one : done) {
    bool const undone = std::ranges::find(q.incompleted, one.id) != q.incompleted.end();
    changed = changed || undone;
    if (!undone) left.push_back(one);
  }
  if (!changed) return refuse(400, "TODO_NOT_MODIFIED");
  at->list.completions = std::move(left);
  return list_updates(
      c, *at,
      tl::messageActionTodoCompletions{.completed = q.completed, .incompleted = q.incompleted});
}

outcome<tl::Updates> append_items(call_context& c, tl::messages::appendTodoList const& q) {
  auto at = find_list(c, q.peer, q.msg_id);
  if (!at) return failure{at.error()};
  bool const may = at->copy.content->author == c.account || at->list.todo.others_can_append;
  if (!may) return refuse(403, "TODO_APPEND_FORBIDDEN");
  if (at->list.todo.list.size() + q.list.size() > max_list)
    return refuse(400, "TODO_ITEMS_TOO_MUCH");
  for (auto const& item : q.list) {
    if (has_item(at->list, item.id)) return refuse(400, "TODO_ITEM_DUPLICATE");
    at->list.todo.list.push_back(item);
  }
  return list_updates(c, *at, tl::messageActionTodoAppendTasks{.list = q.list});
}

}  // namespace

void add_todo_handlers(handler_table& table) {
  table.on<tl::messages::toggleTodoCompleted>(tick);
  table.on<tl::messages::appendTodoList>(append_items);
}

}  // namespace mtp::MTP_ABI::testing
