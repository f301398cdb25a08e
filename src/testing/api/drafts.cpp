// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "to_received.hpp"
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

tl::Update draft_update(view& render, peer where, tl::DraftMessage draft) {
  tl::updateDraftMessage out;
  out.peer = render.peer_of(where);
  out.draft = std::move(draft);
  return out;
}

void tell_draft(call_context& c, peer where, tl::DraftMessage draft) {
  view render(c.world, c.account);
  auto news = draft_update(render, where, std::move(draft));
  c.box().announce(any_update{encode_object(news)}, c.now);
}

tl::DraftMessage draft_of(call_context& c, tl::messages::saveDraft const& q) {
  tl::draftMessage out;
  out.no_webpage = q.no_webpage;
  out.invert_media = q.invert_media;
  out.reply_to = q.reply_to;
  out.message = q.message;
  if (q.entities) {
    auto const entities = to_received_entities(c, *q.entities);
    if (!entities.empty()) out.entities = decode_stored_list<tl::MessageEntity>(entities);
  }
  out.date = c.now;
  return out;
}

tl::DraftMessage no_draft(std::int32_t now) {
  tl::draftMessageEmpty out;
  out.date = now;
  return out;
}

/// An empty one is none.
outcome<bool> save_draft(call_context& c, tl::messages::saveDraft const& q) {
  auto const where = resolve_place(c, q.peer);
  if (!where) return failure{where.error()};
  if (count_characters(q.message.view()).value_or(world::max_text + 1) > world::max_text)
    return refuse(400, "MESSAGE_TOO_LONG");
  auto& drafts = c.world.drafts_of(c.account);
  bool const is_empty = q.message.empty() && !q.reply_to;
  if (is_empty && drafts.erase(*where) == 0) return true;
  auto draft = is_empty ? no_draft(c.now) : draft_of(c, q);
  if (!is_empty) drafts[*where] = encode_object(draft);
  tell_draft(c, *where, std::move(draft));
  return true;
}

outcome<tl::Updates> all_drafts(call_context& c, tl::messages::getAllDrafts const&) {
  view render(c.world, c.account);
  std::vector<tl::Update> changes;
  for (auto const& [where, draft] : c.world.drafts_of(c.account))
    changes.push_back(draft_update(render, where, decode_stored<tl::DraftMessage>(draft)));
  return render.updates(std::move(changes), c.now);
}

outcome<bool> clear_drafts(call_context& c, tl::messages::clearAllDrafts const&) {
  auto const gone = std::exchange(c.world.drafts_of(c.account), {});
  for (auto const& [where, draft] : gone) tell_draft(c, where, no_draft(c.now));
  return true;
}

}  // namespace

void add_draft_handlers(handler_table& table) {
  table.on<tl::messages::saveDraft>(save_draft);
  table.on<tl::messages::getAllDrafts>(all_drafts);
  table.on<tl::messages::clearAllDrafts>(clear_drafts);
}

}  // namespace mtp::MTP_ABI::testing
