// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

using affected_messages = tl::messages::AffectedMessages;

outcome<affected_messages> read_history(call_context& c, tl::messages::readHistory const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  auto const done = c.world.read(c.account, *where, q.max_id, c.now);
  return affected_messages{.pts = done.pts, .pts_count = done.pts_count};
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
  table.on<tl::messages::readMessageContents>(read_contents);
  table.on<tl::messages::receivedMessages>(received);
  table.on<tl::messages::getUnreadMentions>(unread_mentions);
}

}  // namespace mtp::MTP_ABI::testing
