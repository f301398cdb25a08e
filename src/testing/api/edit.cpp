// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "media.hpp"
#include "peers.hpp"
#include "to_received.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

outcome<tl::Updates> edit_message(call_context& c, tl::messages::editMessage const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  auto const* copy = c.box().find(q.id);
  if (!copy || copy->where != *where) return refuse(400, "MESSAGE_ID_INVALID");
  message_content changed = *copy->content;
  if (q.message) {
    changed.text = q.message->str();
    changed.entities.clear();
  }
  if (q.entities) changed.entities = to_received_entities(c, *q.entities);
  // A keyboard that is not given again is taken away.
  auto markup = to_received_markup(c, q.reply_markup);
  if (!markup) return failure{markup.error()};
  changed.markup = std::move(*markup);
  if (q.media) {
    auto media = make_media(c, q.media);
    if (!media) return failure{media.error()};
    changed.media = encode_object(*media);
  }
  auto const done = c.world.edit(c.account, q.id, std::move(changed), c.now);
  if (!done) return failure{done.error()};
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  changes.push_back(tl::updateEditMessage{
      .message = render.message(*c.box().find(q.id)), .pts = c.box().state().pts, .pts_count = 1});
  return render.updates(std::move(changes), c.now);
}

outcome<tl::messages::AffectedMessages> delete_messages(call_context& c,
                                                        tl::messages::deleteMessages const& q) {
  std::vector<std::int32_t> const ids(q.id.begin(), q.id.end());
  auto const done = c.world.remove(c.account, ids, q.revoke, c.now);
  return tl::messages::AffectedMessages{.pts = done.pts, .pts_count = done.pts_count};
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
}

}  // namespace mtp::MTP_ABI::testing
