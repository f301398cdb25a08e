// SPDX-License-Identifier: MIT OR Apache-2.0
#include "views.hpp"

namespace mtp::testing {
namespace {

/// Words one kind of event after the other; all of them return an empty optional when there is
/// nothing left to tell.
struct wording {
  view& words;
  mailbox const& box;
  account_event const& event;

  using update = std::optional<tl::Update>;

  update operator()(message_added const& e) const {
    auto const* copy = box.find(e.id);
    if (!copy) return {};
    return tl::updateNewMessage{
        .message = words.message(*copy), .pts = event.pts, .pts_count = event.pts_count};
  }
  update operator()(message_edited const& e) const {
    auto const* copy = box.find(e.id);
    if (!copy) return {};
    return tl::updateEditMessage{
        .message = words.message(*copy), .pts = event.pts, .pts_count = event.pts_count};
  }
  update operator()(messages_deleted const& e) const {
    return tl::updateDeleteMessages{
        .messages = to_list(e.ids), .pts = event.pts, .pts_count = event.pts_count};
  }
  update operator()(inbox_read const& e) const {
    tl::updateReadHistoryInbox out;
    out.peer = words.peer_of(e.where);
    out.max_id = e.max_id;
    out.still_unread_count = e.still_unread;
    out.pts = event.pts;
    out.pts_count = event.pts_count;
    return out;
  }
  update operator()(outbox_read const& e) const {
    return tl::updateReadHistoryOutbox{.peer = words.peer_of(e.where),
                                       .max_id = e.max_id,
                                       .pts = event.pts,
                                       .pts_count = event.pts_count};
  }
  update operator()(activity const& e) const {
    words.mention_user(e.who);
    if (e.where.kind == peer_kind::chat) {
      return tl::updateChatUserTyping{.chat_id = e.where.id,
                                      .from_id = words.peer_of(peer::user(e.who)),
                                      .action = kept<tl::SendMessageAction>(e.action)};
    }
    tl::updateUserTyping out;
    out.user_id = e.who;
    out.action = kept<tl::SendMessageAction>(e.action);
    return out;
  }
  update operator()(any_update const& e) const {
    words.mention_named(e.update);
    return kept<tl::Update>(e.update);
  }
};

}  // namespace

std::optional<tl::Update> view::update(account_event const& event) {
  return std::visit(wording{*this, society_.box(viewer_), event}, event.what);
}

}  // namespace mtp::testing
