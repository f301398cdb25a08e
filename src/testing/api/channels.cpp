// SPDX-License-Identifier: MIT OR Apache-2.0
#include "channel_history.hpp"
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

/// Messages that do not exist come back as messageEmpty, in their places.
tl::messages::channelMessages rendered_posts(call_context& c, channel const& where,
                                             std::vector<std::int32_t> const& ids) {
  view render(c.world, c.account);
  render.mention(peer::channel(where.id));
  std::vector<tl::Message> messages;
  for (auto const id : ids) {
    auto const copy = where.copy_for(c.account, id);
    if (copy) messages.push_back(render.message(*copy));
    if (!copy) messages.push_back(tl::messageEmpty{.id = id});
  }
  tl::messages::channelMessages out;
  out.pts = where.pts;
  out.count = static_cast<std::int32_t>(messages.size());
  out.messages = to_list(std::move(messages));
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  return out;
}

/// The number that is meant; 0 when there is none.
std::int32_t post_named(channel const& where, tl::InputMessage const& named) {
  if (auto const* plain = named.get_if<tl::inputMessageID>()) return plain->id;
  auto const* reply = named.get_if<tl::inputMessageReplyTo>();
  auto const content = reply ? where.find(reply->id) : nullptr;
  if (!content || content->reply_to_uid == 0) return 0;
  auto const answered = std::ranges::find_if(
      where.posts, [&](auto const& post) { return post.second->uid == content->reply_to_uid; });
  return answered == where.posts.end() ? 0 : answered->first;
}

outcome<tl::messages::Messages> get_channel_messages(call_context& c,
                                                     tl::channels::getMessages const& q) {
  auto const where = resolve(c, q.channel);
  if (!where) return failure{where.error()};
  if (q.id.empty()) return refuse(400, "MSG_ID_INVALID");
  if (q.id.size() > 1000) return refuse(400, "INPUT_REQUEST_TOO_LONG");
  std::vector<std::int32_t> ids;
  for (auto const& named : q.id) ids.push_back(post_named(**where, named));
  return tl::messages::Messages(rendered_posts(c, **where, ids));
}

outcome<tl::messages::Chats> get_channels(call_context& c, tl::channels::getChannels const& q) {
  view const render(c.world, c.account);
  std::vector<tl::Chat> out;
  for (auto const& named : q.id) {
    auto const where = resolve(c, named);
    if (!where) return failure{where.error()};
    out.push_back(render.channel((*where)->id));
  }
  tl::messages::chats answer;
  answer.chats = to_list(std::move(out));
  return tl::messages::Chats(std::move(answer));
}

// --- Differences

constexpr std::int32_t max_channel_changes = 1000;
constexpr std::size_t newest_after_hole = 10;
constexpr std::int32_t poll_timeout = 30;  // seconds

std::vector<std::int32_t> newest_posts(channel const& where) {
  std::vector<std::int32_t> ids;
  for (auto const& [id, content] : where.posts) ids.push_back(id);
  std::ranges::reverse(ids);
  return ids;
}

tl::updates::ChannelDifference channel_too_long(call_context& c, channel const& where) {
  auto ids = newest_posts(where);
  auto const top = ids.empty() ? 0 : ids.front();
  if (ids.size() > newest_after_hole) ids.resize(newest_after_hole);
  auto news = rendered_posts(c, where, ids);
  tl::dialog dialog;
  dialog.peer = tl::peerChannel{.channel_id = where.id};
  dialog.top_message = top;
  dialog.notify_settings = tl::peerNotifySettings{};
  dialog.pts = where.pts;
  tl::updates::channelDifferenceTooLong out;
  out.final = true;
  out.timeout = poll_timeout;
  out.dialog = std::move(dialog);
  out.messages = std::move(news.messages);
  out.chats = std::move(news.chats);
  out.users = std::move(news.users);
  return out;
}

/// New messages stand in a list of their own; everything else is told as updates.
tl::updates::ChannelDifference channel_changes(call_context& c, channel const& where,
                                               std::vector<channel_change> const& changes) {
  view render(c.world, c.account);
  render.mention(peer::channel(where.id));
  std::vector<tl::Message> messages;
  std::vector<tl::Update> others;
  for (auto const& change : changes) {
    auto update = render.update({.account = c.account, .date = change.date, .what = change});
    if (!update) continue;
    auto const* fresh = update->get_if<tl::updateNewChannelMessage>();
    if (fresh) messages.push_back(fresh->message);
    if (!fresh) others.push_back(std::move(*update));
  }
  tl::updates::channelDifference out;
  out.final = changes.back().pts == where.pts;
  out.pts = changes.back().pts;
  out.timeout = poll_timeout;
  out.new_messages = to_list(std::move(messages));
  out.other_updates = to_list(std::move(others));
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  return out;
}

outcome<tl::updates::ChannelDifference> get_channel_difference(
    call_context& c, tl::updates::getChannelDifference const& q) {
  using answer = tl::updates::ChannelDifference;
  auto const found = resolve(c, q.channel);
  if (!found) return failure{found.error()};
  auto const& where = **found;
  if (q.pts <= 0) return refuse(400, "PERSISTENT_TIMESTAMP_EMPTY");
  if (q.pts >= where.pts) {
    tl::updates::channelDifferenceEmpty none;
    none.final = true;
    none.pts = where.pts;
    none.timeout = poll_timeout;
    return answer(none);
  }
  auto const limit = static_cast<std::size_t>(std::clamp(q.limit, 1, max_channel_changes));
  auto const changes = where.changes(q.pts, limit);
  return changes ? channel_changes(c, where, *changes) : channel_too_long(c, where);
}

}  // namespace

tl::messages::Messages history_of(call_context& c, channel const& where, window const& wanted) {
  auto const date_of = [&](std::int32_t id) { return where.find(id)->date; };
  auto out = rendered_posts(c, where, page_of(newest_posts(where), wanted, date_of));
  out.count = static_cast<std::int32_t>(where.posts.size());
  return out;
}

tl::messages::Messages found_in(call_context& c, channel const& where, window const& wanted,
                                std::function<bool(message_content const&)> const& fits) {
  auto ids = newest_posts(where);
  std::erase_if(ids, [&](std::int32_t id) { return !fits(*where.find(id)); });
  auto const date_of = [&](std::int32_t id) { return where.find(id)->date; };
  auto out = rendered_posts(c, where, page_of(ids, wanted, date_of));
  out.count = static_cast<std::int32_t>(ids.size());
  return out;
}

void add_channel_handlers(handler_table& table) {
  table.on<tl::channels::getMessages>(get_channel_messages);
  table.on<tl::channels::getChannels>(get_channels);
  table.on<tl::updates::getChannelDifference>(get_channel_difference);
}

}  // namespace mtp::MTP_ABI::testing
