// SPDX-License-Identifier: MIT OR Apache-2.0
// What happens in channels: it is told to every member, and their log keeps it.
#include <mtp/testing/world/world.hpp>

#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

std::int32_t count_of(event_kind const& what) {
  auto const* gone = std::get_if<messages_deleted>(&what);
  auto const* pins = std::get_if<messages_pinned>(&what);
  auto const* ids = gone ? &gone->ids : pins ? &pins->ids : nullptr;
  return ids ? static_cast<std::int32_t>(ids->size()) : 1;
}

}  // namespace

void world::log_change(channel& where, event_kind what, std::int32_t now) {
  channel_change change{.channel = where.id, .date = now};
  change.pts_count = count_of(what);
  change.pts = where.pts += change.pts_count;
  if (auto const* added = std::get_if<message_added>(&what)) change.added = added->id;
  if (auto const* edited = std::get_if<message_edited>(&what)) change.edited = edited->id;
  if (auto* gone = std::get_if<messages_deleted>(&what)) change.deleted = std::move(gone->ids);
  if (auto* pins = std::get_if<messages_pinned>(&what)) change.pins = std::move(*pins);
  for (auto const member : where.members) box(member).announce(change, now);
  where.log.push_back(std::move(change));
  if (where.log.size() > channels::max_log) where.log.pop_front();
}

sent_message world::post(channel& where, std::int32_t answers,
                         std::shared_ptr<message_content> content, std::int32_t now) {
  if (auto const answered = where.find(answers)) content->reply_to_uid = answered->uid;
  auto const post = ++where.last_id;
  where.posts[post] = std::move(content);
  log_change(where, message_added{post}, now);
  return {.id = post, .pts = where.pts};
}

outcome<> world::edit_post(std::int64_t id, std::int32_t post, std::string text, std::int32_t now) {
  auto* where = channels_.find(id);
  auto const content = where ? where->find(post) : nullptr;
  if (!content) return refuse(400, "MESSAGE_ID_INVALID");
  content->text = std::move(text);
  content->edit_date = now;
  log_change(*where, message_edited{post}, now);
  return {};
}

outcome<> world::edit_post(std::int64_t id, std::int32_t post, message_content changed,
                           std::int32_t now) {
  auto* where = channels_.find(id);
  auto const content = where ? where->find(post) : nullptr;
  if (!content || !content->action.empty()) return refuse(400, "MESSAGE_ID_INVALID");
  auto fine = take_over(*content, std::move(changed), now);
  if (!fine) return fine;
  log_change(*where, message_edited{post}, now);
  return {};
}

std::int32_t world::remove_posts(std::int64_t id, std::vector<std::int32_t> const& posts,
                                 std::int32_t now) {
  auto* where = channels_.find(id);
  messages_deleted gone;
  for (auto const post : posts) {
    if (where && where->posts.erase(post) != 0) gone.ids.push_back(post);
  }
  auto const count = count_of(gone);
  if (count != 0) log_change(*where, std::move(gone), now);
  return count;
}

}  // namespace mtp::MTP_ABI::testing
