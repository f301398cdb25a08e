// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/mailbox.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing {

message_copy const& mailbox::add(peer where, bool outgoing,
                                 std::shared_ptr<message_content> content, std::int32_t date) {
  auto const id = ++last_id_;
  by_uid_[content->uid] = id;
  auto& talk = dialogs_[where];
  talk.ids.insert(id);
  if (content->author != account_) talk.unread.insert(id);
  auto const& stored = messages_[id] = {
      .id = id, .where = where, .outgoing = outgoing, .content = std::move(content)};
  log(message_added{id}, 1, date);
  return stored;
}

message_copy const* mailbox::find(std::int32_t id) const {
  auto const at = messages_.find(id);
  return at == messages_.end() ? nullptr : &at->second;
}

std::optional<std::int32_t> mailbox::id_of(std::int64_t uid) const {
  auto const at = by_uid_.find(uid);
  if (at == by_uid_.end()) return {};
  return at->second;
}

void mailbox::log_edit(std::int32_t id, std::int32_t date) { log(message_edited{id}, 1, date); }

void mailbox::log_pins(messages_pinned what, std::int32_t date) {
  auto const count = static_cast<std::int32_t>(what.ids.size());
  log(std::move(what), count, date);
}

std::int32_t mailbox::remove(std::vector<std::int32_t> const& ids, std::int32_t date) {
  messages_deleted gone;
  for (auto const id : ids) {
    auto const at = messages_.find(id);
    if (at == messages_.end()) continue;
    auto& talk = dialogs_[at->second.where];
    talk.ids.erase(id);
    talk.unread.erase(id);
    by_uid_.erase(at->second.content->uid);
    messages_.erase(at);
    gone.ids.push_back(id);
  }
  auto const count = static_cast<std::int32_t>(gone.ids.size());
  if (count != 0) log(std::move(gone), count, date);
  return count;
}

std::vector<std::int32_t> mailbox::read_inbox(peer where, std::int32_t max_id, std::int32_t date) {
  auto const at = dialogs_.find(where);
  if (at == dialogs_.end()) return {};
  auto& talk = at->second;
  auto const end = talk.unread.upper_bound(max_id);
  std::vector<std::int32_t> read(talk.unread.begin(), end);
  talk.unread.erase(talk.unread.begin(), end);
  if (read.empty()) return read;
  talk.read_inbox_max_id = std::max(talk.read_inbox_max_id, read.back());
  auto const left = static_cast<std::int32_t>(talk.unread.size());
  log(inbox_read{where, talk.read_inbox_max_id, left}, 1, date);
  return read;
}

bool mailbox::read_outbox(peer where, std::int32_t max_id, std::int32_t date) {
  auto const at = dialogs_.find(where);
  if (at == dialogs_.end() || at->second.read_outbox_max_id >= max_id) return false;
  at->second.read_outbox_max_id = max_id;
  log(outbox_read{where, max_id}, 1, date);
  return true;
}

std::int32_t mailbox::unread_count() const {
  std::size_t count = 0;
  for (auto const& [where, talk] : dialogs_) count += talk.unread.size();
  return static_cast<std::int32_t>(count);
}

dialog const* mailbox::find_dialog(peer where) const {
  auto const at = dialogs_.find(where);
  return at == dialogs_.end() ? nullptr : &at->second;
}

std::optional<std::vector<account_event>> mailbox::since(std::int32_t pts,
                                                         std::size_t limit) const {
  auto const first = std::partition_point(log_.begin(), log_.end(),
                                          [pts](account_event const& e) { return e.pts <= pts; });
  bool const reaches =
      first == log_.end() ? pts >= state_.pts : first->pts - first->pts_count <= pts;
  if (!reaches) return {};
  auto const count = std::min(limit, static_cast<std::size_t>(log_.end() - first));
  return std::vector<account_event>(first, first + static_cast<std::ptrdiff_t>(count));
}

std::vector<account_event> mailbox::take_new_events() { return std::exchange(fresh_, {}); }

void mailbox::announce(event_kind what, std::int32_t date) {
  fresh_.push_back({.account = account_, .date = date, .what = std::move(what)});
}

void mailbox::log(event_kind what, std::int32_t count, std::int32_t date) {
  state_.pts += count;
  state_.date = std::max(state_.date, date);
  log_.push_back({.account = account_,
                  .pts = state_.pts,
                  .pts_count = count,
                  .date = date,
                  .what = std::move(what)});
  fresh_.push_back(log_.back());
  limit_log(log_limit_);
}

void mailbox::limit_log(std::size_t most) {
  log_limit_ = most;
  while (log_.size() > most) log_.pop_front();
}

}  // namespace mtp::MTP_ABI::testing
