// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"

#include <algorithm>
#include <iterator>

namespace mtp::MTP_ABI::testing {
namespace {

using affected_messages = tl::messages::AffectedMessages;

outcome<affected_messages> read_history(call_context& c, tl::messages::readHistory const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  auto const done = c.world.read(c.account, *where, q.max_id, c.now);
  return affected_messages{.pts = done.pts, .pts_count = done.pts_count};
}

outcome<bool> read_posts(call_context& c, tl::channels::readHistory const& q) {
  auto const where = resolve(c, q.channel);
  if (!where) return failure{where.error()};
  auto const up_to = q.max_id > 0 ? std::min(q.max_id, (*where)->last_id) : (*where)->last_id;
  auto& seen = (*where)->read_up_to[c.account];
  if (up_to <= seen) return true;
  seen = up_to;
  tl::updateReadChannelInbox news;
  news.channel_id = (*where)->id;
  news.max_id = up_to;
  news.still_unread_count = static_cast<std::int32_t>(
      std::distance((*where)->posts.upper_bound(up_to), (*where)->posts.end()));
  news.pts = (*where)->pts;
  c.box().announce(any_update{encode_object(tl::Update(std::move(news)))}, c.now);
  return true;
}

outcome<affected_messages> read_contents(call_context& c,
                                         tl::messages::readMessageContents const&) {
  return affected_messages{.pts = c.box().state().pts, .pts_count = 0};
}

outcome<tl::list<tl::ReceivedNotifyMessage>> received(call_context&,
                                                      tl::messages::receivedMessages const&) {
  return tl::list<tl::ReceivedNotifyMessage>{};
}

outcome<tl::messages::Messages> unread_mentions(call_context& c,
                                                tl::messages::getUnreadMentions const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  return tl::messages::Messages(tl::messages::messages{});
}

}  // namespace

void add_reading_handlers(handler_table& table) {
  table.on<tl::messages::readHistory>(read_history);
  table.on<tl::channels::readHistory>(read_posts);
  table.on<tl::messages::readMessageContents>(read_contents);
  table.on<tl::messages::receivedMessages>(received);
  table.on<tl::messages::getUnreadMentions>(unread_mentions);
}

}  // namespace mtp::MTP_ABI::testing
