// SPDX-License-Identifier: MIT OR Apache-2.0
#include "dispatch.hpp"
#include "handler_table.hpp"
#include "media.hpp"
#include "peers.hpp"
#include "polls.hpp"
#include "to_received.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// What of a message an edit changes.
outcome<message_content> edited(call_context& c, tl::messages::editMessage const& q,
                                message_content changed) {
  if (q.message) {
    changed.text = q.message->str();
    changed.entities.clear();
    changed.preview = q.no_webpage ? bytes{} : preview_in(c, changed.text);
    changed.inverted = q.invert_media;
  }
  if (q.entities) changed.entities = to_received_entities(c, *q.entities);
  // A keyboard that is not given again is taken away.
  auto markup = to_received_markup(c, q.reply_markup);
  if (!markup) return failure{markup.error()};
  changed.markup = std::move(*markup);
  if (!q.media) return changed;
  for (auto const change : {close_poll, move_place}) {
    auto const done = change(changed, q.media);
    if (!done) return failure{done.error()};
    if (*done) return changed;
  }
  auto const put = put_media(c, q.media, changed);
  if (!put) return failure{put.error()};
  return changed;
}

outcome<tl::Updates> edit_waiting(call_context& c, peer where, tl::messages::editMessage const& q) {
  auto const* waits = c.world.later().find(c.account, where, q.id);
  if (!waits) return refuse(400, "MESSAGE_ID_INVALID");
  auto changed = *waits;
  auto content = edited(c, q, changed.message.content);
  if (!content) return failure{content.error()};
  changed.message.content = std::move(*content);
  changed.due = *q.schedule_date;
  auto const done = c.world.later().change(std::move(changed), c.now);
  if (!done) return failure{done.error()};
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  changes.push_back(tl::updateNewScheduledMessage{
      .message = render.scheduled(*c.world.later().find(c.account, where, q.id))});
  return render.updates(std::move(changes), c.now);
}

/// Whoever wrote it, or whose channel it is.
outcome<> may_edit(call_context const& c, peer where, message_content const& content) {
  auto const* in =
      where.kind == world_peer_kind::channel ? c.world.all_channels().find(where.id) : nullptr;
  bool const may = content.author == c.account || (in && in->creator == c.account);
  if (!may) return refuse(403, "MESSAGE_AUTHOR_REQUIRED");
  return {};
}

outcome<> put_edited(call_context& c, message_copy const& of, message_content changed) {
  if (of.where.kind == world_peer_kind::channel)
    return c.world.edit_post(of.where.id, of.id, std::move(changed), c.now);
  return c.world.edit(c.account, of.id, std::move(changed), c.now);
}

tl::Updates edited_updates(call_context& c, peer where, std::int32_t id) {
  view render(c.world, c.account);
  auto message = render.message(*c.world.find_message(c.account, where, id));
  std::vector<tl::Update> changes;
  if (where.kind == world_peer_kind::channel) {
    changes.push_back(
        tl::updateEditChannelMessage{.message = std::move(message),
                                     .pts = c.world.all_channels().find(where.id)->pts,
                                     .pts_count = 1});
  } else {
    changes.push_back(tl::updateEditMessage{
        .message = std::move(message), .pts = c.box().state().pts, .pts_count = 1});
  }
  return render.updates(std::move(changes), c.now);
}

outcome<tl::Updates> edit_message(call_context& c, tl::messages::editMessage const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  if (q.schedule_date) return edit_waiting(c, *where, q);
  auto const copy = c.world.find_message(c.account, *where, q.id);
  if (!copy) return refuse(400, "MESSAGE_ID_INVALID");
  auto const may = may_edit(c, *where, *copy->content);
  if (!may) return failure{may.error()};
  auto changed = edited(c, q, *copy->content);
  if (!changed) return failure{changed.error()};
  auto const done = put_edited(c, *copy, std::move(*changed));
  if (!done) return failure{done.error()};
  return edited_updates(c, *where, q.id);
}

outcome<tl::messages::AffectedMessages> delete_messages(call_context& c,
                                                        tl::messages::deleteMessages const& q) {
  std::vector<std::int32_t> const ids(q.id.begin(), q.id.end());
  auto const done = c.world.remove(c.account, ids, q.revoke, c.now);
  return tl::messages::AffectedMessages{.pts = done.pts, .pts_count = done.pts_count};
}

/// One's own, or all of one's own channel.
outcome<tl::messages::AffectedMessages> delete_posts(call_context& c,
                                                     tl::channels::deleteMessages const& q) {
  auto const where = resolve(c, q.channel);
  if (!where) return failure{where.error()};
  std::vector<std::int32_t> const ids(q.id.begin(), q.id.end());
  for (auto const id : ids) {
    auto const content = (*where)->find(id);
    bool const may = !content || content->author == c.account || (*where)->creator == c.account;
    if (!may) return refuse(403, "MESSAGE_DELETE_FORBIDDEN");
  }
  auto const count = c.world.remove_posts((*where)->id, ids, c.now);
  return tl::messages::AffectedMessages{.pts = (*where)->pts, .pts_count = count};
}

outcome<tl::messages::AffectedHistory> delete_history(call_context& c,
                                                      tl::messages::deleteHistory const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  auto const* talk = c.box().find_dialog(*where);
  std::vector<std::int32_t> ids;
  if (talk) {
    auto const end = q.max_id > 0 ? talk->ids.upper_bound(q.max_id) : talk->ids.end();
    ids.assign(talk->ids.begin(), end);
  }
  auto const done = c.world.remove(c.account, ids, q.revoke, c.now);
  return tl::messages::AffectedHistory{.pts = done.pts, .pts_count = done.pts_count, .offset = 0};
}

}  // namespace

void add_edit_handlers(handler_table& table) {
  table.on<tl::messages::editMessage>(edit_message);
  table.on<tl::messages::deleteMessages>(delete_messages);
  table.on<tl::messages::deleteHistory>(delete_history);
  table.on<tl::channels::deleteMessages>(delete_posts);
}

}  // namespace mtp::MTP_ABI::testing
