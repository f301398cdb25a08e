// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/world.hpp>

#include <algorithm>
#include <iterator>

namespace mtp::MTP_ABI::testing {

std::optional<std::size_t> count_characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    auto const lead = static_cast<std::uint8_t>(text[at]);
    std::size_t const size = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
    if (size == 0 || at + size > text.size()) return {};
    for (std::size_t i = 1; i < size; ++i) {
      if ((static_cast<std::uint8_t>(text[at + i]) & 0xc0) != 0x80) return {};
    }
    at += size;
  }
  return count;
}

world::world(world_options options)
    : options_(std::move(options)),
      people_(options_.seed),
      files_(options_.seed),
      passwords_(options_.seed) {}

mailbox& world::box(std::int64_t account) {
  return boxes_.try_emplace(account, account).first->second;
}

outcome<> world::may_write(std::int64_t account, peer where) const {
  if (where.kind == world_peer_kind::user) {
    if (!people_.find(where.id)) return refuse(400, "PEER_ID_INVALID");
    return {};
  }
  bool const in_channel = where.kind == world_peer_kind::channel;
  auto const* channel = in_channel ? channels_.find(where.id) : nullptr;
  auto const* room = in_channel ? nullptr : groups_.find(where.id);
  if (!channel && !room) return refuse(400, in_channel ? "CHANNEL_INVALID" : "PEER_ID_INVALID");
  bool const may = channel ? channel->may_write(account) : room->has(account);
  if (!may) return refuse(403, "CHAT_WRITE_FORBIDDEN");
  return {};
}

outcome<> world::check_text(message_content const& content) const {
  if (!content.action.empty()) return {};
  auto const characters = count_characters(content.text);
  if (!characters) return refuse(400, "STRING_INVALID");
  bool const has_media = !content.media.empty();
  if (content.text.empty() && !has_media) return refuse(400, "MESSAGE_EMPTY");
  if (has_media && *characters > max_caption) return refuse(400, "MEDIA_CAPTION_TOO_LONG");
  if (*characters > max_text) return refuse(400, "MESSAGE_TOO_LONG");
  return {};
}

std::vector<std::int64_t> world::audience(std::int64_t account, peer where) const {
  std::vector<std::int64_t> all{account};
  if (where.kind == world_peer_kind::user) {
    if (where.id != account) all.push_back(where.id);
    return all;
  }
  if (where.kind == world_peer_kind::channel) {
    if (auto const* in = channels_.find(where.id))
      std::ranges::copy_if(in->members, std::back_inserter(all),
                           [&](std::int64_t who) { return who != account; });
    return all;
  }
  if (auto const* room = groups_.find(where.id)) {
    for (auto const& m : room->members) {
      if (m.user != account) all.push_back(m.user);
    }
  }
  return all;
}

/// A private conversation is filed under the other one's name.
peer world::seen_by(std::int64_t account, std::int64_t from, peer to) {
  return to.kind == world_peer_kind::user && account != from ? peer::user(from) : to;
}

outcome<sent_message> world::send(outgoing_message message, std::int32_t now) {
  auto const from = message.content.author;
  std::pair const key{from, message.random_id};
  if (auto const at = by_random_id_.find(key);
      message.random_id != 0 && at != by_random_id_.end()) {
    auto before = at->second;
    before.repeated = true;
    return before;
  }
  auto fine = may_write(from, message.to);
  if (fine) fine = check_text(message.content);
  if (!fine) return failure{fine.error()};
  auto const content = std::make_shared<message_content>(std::move(message.content));
  content->uid = ++last_uid_;
  content->date = now;
  auto const sent = message.to.kind == world_peer_kind::channel
                        ? post(*channels_.find(message.to.id), message.reply_to, content, now)
                        : hand_out(message, content, now);
  if (message.random_id != 0) by_random_id_[key] = sent;
  return sent;
}

void world::send_due(std::int32_t now) {
  for (auto& one : schedules_.take_due(now)) {
    one.message.content.from_schedule = true;
    (void)send(std::move(one.message), now);  // who may not write any more does not
  }
}

sent_message world::hand_out(outgoing_message const& message,
                             std::shared_ptr<message_content> const& content, std::int32_t now) {
  auto const from = content->author;
  if (auto const* answered = box(from).find(message.reply_to))
    content->reply_to_uid = answered->content->uid;
  sent_message sent;
  for (auto const account : audience(from, message.to)) {
    bool const own = account == from;
    // A message to oneself is not marked as outgoing.
    bool const outgoing = own && message.to != peer::user(from);
    auto const& copy = box(account).add(seen_by(account, from, message.to), outgoing, content, now);
    if (own) sent = {.id = copy.id, .pts = box(account).state().pts};
  }
  return sent;
}

outcome<sent_message> world::send(std::int64_t from, peer to, std::string text, std::int32_t now) {
  outgoing_message message{.to = to};
  message.content.author = from;
  message.content.text = std::move(text);
  return send(std::move(message), now);
}

/// What an edit may replace.
outcome<> world::take_over(message_content& content, message_content changed,
                           std::int32_t now) const {
  bool const same = content.text == changed.text && content.entities == changed.entities &&
                    content.markup == changed.markup && content.media == changed.media &&
                    content.inverted == changed.inverted && content.preview == changed.preview;
  if (same) return refuse(400, "MESSAGE_NOT_MODIFIED");
  auto fine = check_text(changed);
  if (!fine) return fine;
  content.text = std::move(changed.text);
  content.entities = std::move(changed.entities);
  content.markup = std::move(changed.markup);
  content.media = std::move(changed.media);
  content.inverted = changed.inverted;
  content.preview = std::move(changed.preview);
  content.edit_date = now;
  return {};
}

outcome<> world::edit(std::int64_t account, std::int32_t id, message_content changed,
                      std::int32_t now) {
  auto const* copy = box(account).find(id);
  if (!copy || !copy->content->action.empty()) return refuse(400, "MESSAGE_ID_INVALID");
  auto& content = *copy->content;
  if (content.author != account) return refuse(403, "MESSAGE_AUTHOR_REQUIRED");
  auto fine = take_over(content, std::move(changed), now);
  if (!fine) return fine;
  for (auto const who : audience(account, copy->where)) {
    if (auto const theirs = box(who).id_of(content.uid)) box(who).log_edit(*theirs, now);
  }
  return {};
}

affected world::remove(std::int64_t account, std::vector<std::int32_t> const& ids, bool revoke,
                       std::int32_t now) {
  auto& own = box(account);
  std::map<std::int64_t, std::vector<std::int32_t>> gone;
  for (auto const id : ids) {
    auto const* copy = own.find(id);
    if (!copy) continue;
    gone[account].push_back(id);
    if (!revoke) continue;
    for (auto const who : audience(account, copy->where)) {
      auto const theirs = box(who).id_of(copy->content->uid);
      if (who != account && theirs) gone[who].push_back(*theirs);
    }
  }
  affected out;
  for (auto const& [who, numbers] : gone) {
    auto const count = box(who).remove(numbers, now);
    if (who == account) out.pts_count = count;
  }
  out.pts = own.state().pts;
  return out;
}

affected world::read(std::int64_t account, peer where, std::int32_t max_id, std::int32_t now) {
  auto& own = box(account);
  auto const read = own.read_inbox(where, max_id > 0 ? max_id : INT32_MAX, now);
  affected const out{.pts = own.state().pts, .pts_count = read.empty() ? 0 : 1};
  std::map<std::int64_t, std::int32_t> newest_of;
  for (auto const id : read) {
    auto const& content = *own.find(id)->content;
    auto const theirs = box(content.author).id_of(content.uid);
    if (theirs) newest_of[content.author] = std::max(newest_of[content.author], *theirs);
  }
  for (auto const& [author, id] : newest_of) {
    box(author).read_outbox(seen_by(author, account, where), id, now);
  }
  return out;
}

void world::act(std::int64_t account, peer where, bytes action, std::int32_t now) {
  for (auto const who : audience(account, where)) {
    if (who == account) continue;
    box(who).announce(activity{seen_by(who, account, where), account, action}, now);
  }
}

std::vector<account_event> world::take_events() {
  std::vector<account_event> all;
  for (auto& [account, mail] : boxes_) {
    auto fresh = mail.take_new_events();
    all.insert(all.end(), std::make_move_iterator(fresh.begin()),
               std::make_move_iterator(fresh.end()));
  }
  return all;
}

}  // namespace mtp::MTP_ABI::testing
