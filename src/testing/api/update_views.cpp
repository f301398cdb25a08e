// SPDX-License-Identifier: MIT OR Apache-2.0
#include "views.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// Words one kind of event after the other; all of them return an empty optional when there is
/// nothing left to tell.
struct wording {
  view& render;
  world& all;
  mailbox const& box;
  account_event const& event;

  using update = std::optional<tl::Update>;

  update operator()(message_added const& e) const {
    auto const* copy = box.find(e.id);
    if (!copy) return {};
    return tl::updateNewMessage{
        .message = render.message(*copy), .pts = event.pts, .pts_count = event.pts_count};
  }
  update operator()(message_edited const& e) const {
    auto const* copy = box.find(e.id);
    if (!copy) return {};
    return tl::updateEditMessage{
        .message = render.message(*copy), .pts = event.pts, .pts_count = event.pts_count};
  }
  update operator()(messages_deleted const& e) const {
    return tl::updateDeleteMessages{
        .messages = to_list(e.ids), .pts = event.pts, .pts_count = event.pts_count};
  }
  update operator()(messages_pinned const& e) const {
    tl::updatePinnedMessages out;
    out.pinned = e.pinned;
    out.peer = render.peer_of(e.where);
    out.messages = to_list(e.ids);
    out.pts = event.pts;
    out.pts_count = event.pts_count;
    return out;
  }
  update operator()(inbox_read const& e) const {
    tl::updateReadHistoryInbox out;
    out.peer = render.peer_of(e.where);
    out.max_id = e.max_id;
    out.still_unread_count = e.still_unread;
    out.pts = event.pts;
    out.pts_count = event.pts_count;
    return out;
  }
  update operator()(outbox_read const& e) const {
    return tl::updateReadHistoryOutbox{.peer = render.peer_of(e.where),
                                       .max_id = e.max_id,
                                       .pts = event.pts,
                                       .pts_count = event.pts_count};
  }
  update operator()(activity const& e) const {
    render.mention_user(e.who);
    if (e.where.kind == world_peer_kind::chat) {
      return tl::updateChatUserTyping{.chat_id = e.where.id,
                                      .from_id = render.peer_of(peer::user(e.who)),
                                      .action = decode_stored<tl::SendMessageAction>(e.action)};
    }
    if (e.where.kind == world_peer_kind::channel) {
      render.mention(e.where);
      return tl::updateChannelUserTyping{.channel_id = e.where.id,
                                         .from_id = render.peer_of(peer::user(e.who)),
                                         .action = decode_stored<tl::SendMessageAction>(e.action)};
    }
    tl::updateUserTyping out;
    out.user_id = e.who;
    out.action = decode_stored<tl::SendMessageAction>(e.action);
    return out;
  }
  update operator()(channel_change const& e) const {
    if (!e.deleted.empty()) {
      render.mention(peer::channel(e.channel));
      return tl::updateDeleteChannelMessages{.channel_id = e.channel,
                                             .messages = to_list(e.deleted),
                                             .pts = e.pts,
                                             .pts_count = e.pts_count};
    }
    if (!e.pins.ids.empty()) return pinned_posts(e);
    auto const* where = all.all_channels().find(e.channel);
    auto const copy = where->copy_for(event.account, e.added != 0 ? e.added : e.edited);
    if (!copy) return {};
    auto message = render.message(*copy);
    if (e.edited != 0)
      return tl::updateEditChannelMessage{
          .message = std::move(message), .pts = e.pts, .pts_count = e.pts_count};
    return tl::updateNewChannelMessage{
        .message = std::move(message), .pts = e.pts, .pts_count = e.pts_count};
  }
  update pinned_posts(channel_change const& e) const {
    render.mention(peer::channel(e.channel));
    tl::updatePinnedChannelMessages out;
    out.pinned = e.pins.pinned;
    out.channel_id = e.channel;
    out.messages = to_list(e.pins.ids);
    out.pts = e.pts;
    out.pts_count = e.pts_count;
    return out;
  }
  update operator()(any_update const& e) const {
    render.mention_named(e.update);
    return decode_stored<tl::Update>(e.update);
  }
};

}  // namespace

std::optional<tl::Update> view::update(account_event const& event) {
  return std::visit(wording{*this, world_, world_.box(viewer_), event}, event.what);
}

}  // namespace mtp::MTP_ABI::testing
