// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "updates.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

struct dialog_row {
  peer where = {};
  dialog const* talk = nullptr;
  std::int32_t date = 0;
};

/// Dialogs with a message in them, the one with the newest first.
std::vector<dialog_row> rows_of(mailbox const& box) {
  std::vector<dialog_row> rows;
  for (auto const& [where, talk] : box.dialogs()) {
    if (auto const* top = box.find(talk.top())) rows.push_back({where, &talk, top->content->date});
  }
  std::sort(rows.begin(), rows.end(), [](dialog_row const& a, dialog_row const& b) {
    return std::pair(a.date, a.talk->top()) > std::pair(b.date, b.talk->top());
  });
  return rows;
}

tl::Dialog rendered(view& render, peer where, dialog const& talk) {
  tl::dialog out;
  out.peer = render.peer_of(where);
  out.top_message = talk.top();
  out.read_inbox_max_id = talk.read_inbox_max_id;
  out.read_outbox_max_id = talk.read_outbox_max_id;
  out.unread_count = static_cast<std::int32_t>(talk.unread.size());
  out.notify_settings = tl::peerNotifySettings{};
  return out;
}

struct dialog_list {
  std::vector<tl::Dialog> dialogs = {};
  std::vector<tl::Message> messages = {};
};

dialog_list list_rows(call_context& c, view& render, std::vector<dialog_row> const& rows) {
  dialog_list out;
  for (auto const& row : rows) {
    out.dialogs.push_back(rendered(render, row.where, *row.talk));
    if (auto const* top = c.box().find(row.talk->top()))
      out.messages.push_back(render.message(*top));
  }
  return out;
}

/// Rows behind the place where the last page ended.
void skip(call_context& c, tl::messages::getDialogs const& q, std::vector<dialog_row>& rows) {
  auto const after = resolve(c, q.offset_peer);
  auto const at = after ? std::find_if(rows.begin(), rows.end(),
                                       [&](dialog_row const& r) { return r.where == *after; })
                        : rows.end();
  if (at != rows.end() && (q.offset_id == 0 || at->talk->top() == q.offset_id)) {
    rows.erase(rows.begin(), at + 1);
    return;
  }
  if (q.offset_date > 0)
    std::erase_if(rows, [&](dialog_row const& r) {
      return r.date > q.offset_date || (r.date == q.offset_date && r.talk->top() >= q.offset_id);
    });
}

outcome<tl::messages::Dialogs> get_dialogs(call_context& c, tl::messages::getDialogs const& q) {
  if (q.folder_id.value_or(0) != 0)
    return tl::messages::Dialogs(tl::messages::dialogs{});  // no archive here
  auto rows = rows_of(c.box());
  auto const total = rows.size();
  skip(c, q, rows);
  auto const limit = static_cast<std::size_t>(std::clamp(q.limit, 1, 100));
  if (rows.size() > limit) rows.resize(limit);
  bool const whole = rows.size() == total;
  view render(c.world, c.account);
  auto list = list_rows(c, render, rows);
  auto const fill = [&](auto out) {
    out.dialogs = to_list(std::move(list.dialogs));
    out.messages = to_list(std::move(list.messages));
    out.chats = to_list(render.chats());
    out.users = to_list(render.users());
    return tl::messages::Dialogs(std::move(out));
  };
  if (whole) return fill(tl::messages::dialogs{});
  tl::messages::dialogsSlice slice;
  slice.count = static_cast<std::int32_t>(total);
  return fill(std::move(slice));
}

tl::messages::PeerDialogs peer_dialogs(call_context& c, std::vector<dialog_row> const& rows) {
  view render(c.world, c.account);
  auto list = list_rows(c, render, rows);
  tl::messages::peerDialogs out;
  out.dialogs = to_list(std::move(list.dialogs));
  out.messages = to_list(std::move(list.messages));
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  out.state = state_of(c);
  return out;
}

outcome<tl::messages::PeerDialogs> get_peer_dialogs(call_context& c,
                                                    tl::messages::getPeerDialogs const& q) {
  static dialog const empty;
  std::vector<dialog_row> rows;
  for (auto const& named : q.peers) {
    auto const* one = named.get_if<tl::inputDialogPeer>();
    if (!one) continue;
    auto const where = resolve(c, one->peer);
    if (!where) return failure{where.error()};
    auto const* talk = c.box().find_dialog(*where);
    rows.push_back({*where, talk ? talk : &empty, 0});
  }
  return peer_dialogs(c, rows);
}

outcome<tl::messages::PeerDialogs> get_pinned_dialogs(call_context& c,
                                                      tl::messages::getPinnedDialogs const&) {
  return peer_dialogs(c, {});
}

/// TDLib needs the default folder to be there.
outcome<tl::messages::DialogFilters> get_dialog_filters(call_context&,
                                                        tl::messages::getDialogFilters const&) {
  tl::messages::dialogFilters out;
  out.filters = {tl::DialogFilter(tl::dialogFilterDefault{})};
  return tl::messages::DialogFilters(std::move(out));
}

outcome<tl::list<tl::DialogPeer>> get_unread_marks(call_context&,
                                                   tl::messages::getDialogUnreadMarks const&) {
  return tl::list<tl::DialogPeer>{};
}

}  // namespace

void add_dialog_handlers(handler_table& table) {
  table.on<tl::messages::getDialogs>(get_dialogs);
  table.on<tl::messages::getPeerDialogs>(get_peer_dialogs);
  table.on<tl::messages::getPinnedDialogs>(get_pinned_dialogs);
  table.on<tl::messages::getDialogFilters>(get_dialog_filters);
  table.on<tl::messages::getDialogUnreadMarks>(get_unread_marks);
}

}  // namespace mtp::MTP_ABI::testing
