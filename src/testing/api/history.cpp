// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>
#include <iterator>

namespace mtp::MTP_ABI::testing {
namespace {

/// Which part of a history is wanted, as all methods that list messages say it.
struct window {
  std::int32_t offset_id = 0;
  std::int32_t offset_date = 0;
  std::int32_t add_offset = 0;
  std::int32_t limit = 0;
  std::int32_t max_id = 0;
  std::int32_t min_id = 0;
};

constexpr std::int32_t max_page = 100;

/// Cuts a page out of `ids`, which are newest first.
///
/// The page begins with the first message older than the offset, moved by add_offset: a negative
/// one reaches back to newer messages.
std::vector<std::int32_t> page_of(mailbox const& box, std::vector<std::int32_t> const& ids,
                                  window const& w) {
  auto const older = [&](std::int32_t id) {
    if (w.offset_id > 0) return id < w.offset_id;
    return w.offset_date <= 0 || box.find(id)->content->date < w.offset_date;
  };
  auto const start = std::find_if(ids.begin(), ids.end(), older) - ids.begin();
  auto const limit = w.limit <= 0 ? 0 : std::min(w.limit, max_page);
  auto const size = static_cast<std::int64_t>(ids.size());
  auto const begin = std::clamp<std::int64_t>(start + std::int64_t{w.add_offset}, 0, size);
  auto const end =
      std::clamp<std::int64_t>(start + std::int64_t{w.add_offset} + limit, begin, size);
  std::vector<std::int32_t> page;
  for (auto i = begin; i < end; ++i) {
    auto const id = ids[static_cast<std::size_t>(i)];
    if (w.max_id > 0 && id >= w.max_id) continue;
    if (w.min_id > 0 && id <= w.min_id) continue;
    page.push_back(id);
  }
  return page;
}

tl::messages::Messages rendered(call_context& c, std::vector<std::int32_t> const& page,
                                std::size_t total, bool whole) {
  view render(c.world, c.account);
  std::vector<tl::Message> messages;
  for (auto const id : page) messages.push_back(render.message(*c.box().find(id)));
  if (whole) {
    tl::messages::messages out;
    out.messages = to_list(std::move(messages));
    out.chats = to_list(render.chats());
    out.users = to_list(render.users());
    return out;
  }
  tl::messages::messagesSlice out;
  out.count = static_cast<std::int32_t>(total);
  out.messages = to_list(std::move(messages));
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  return out;
}

tl::messages::Messages render_page_of(call_context& c, std::vector<std::int32_t> const& ids,
                                      window const& w) {
  auto const page = page_of(c.box(), ids, w);
  return rendered(c, page, ids.size(), page.size() == ids.size());
}

std::vector<std::int32_t> newest_first(call_context& c, peer where) {
  auto const* talk = c.box().find_dialog(where);
  if (!talk) return {};
  return {talk->ids.rbegin(), talk->ids.rend()};
}

outcome<tl::messages::Messages> get_history(call_context& c, tl::messages::getHistory const& q) {
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  return render_page_of(c, newest_first(c, *where),
                        {.offset_id = q.offset_id,
                         .offset_date = q.offset_date,
                         .add_offset = q.add_offset,
                         .limit = q.limit,
                         .max_id = q.max_id,
                         .min_id = q.min_id});
}

/// Empty for filters of media that this world has no index of.
bool matches(tl::MessagesFilter const& filter, message_content const& content) {
  if (filter.get_if<tl::inputMessagesFilterEmpty>()) return true;
  if (content.media.empty()) return false;
  auto const media = decode_stored<tl::MessageMedia>(content.media);
  bool const photo = media.get_if<tl::messageMediaPhoto>();
  bool const document = media.get_if<tl::messageMediaDocument>();
  if (filter.get_if<tl::inputMessagesFilterPhotos>()) return photo;
  if (filter.get_if<tl::inputMessagesFilterDocument>()) return document;
  if (filter.get_if<tl::inputMessagesFilterPhotoVideo>()) return photo;
  return false;
}

outcome<tl::messages::Messages> search(call_context& c, tl::messages::search const& q) {
  std::vector<std::int32_t> ids;
  if (q.peer.get_if<tl::inputPeerEmpty>()) {
    for (auto const& [id, copy] : c.box().messages()) ids.insert(ids.begin(), id);
  } else {
    auto const where = resolve(c, q.peer);
    if (!where) return failure{where.error()};
    ids = newest_first(c, *where);
  }
  std::optional<std::int64_t> author;
  if (q.from_id) {
    auto const from = resolve(c, q.from_id);
    if (!from) return failure{from.error()};
    author = from->id;
  }
  std::erase_if(ids, [&](std::int32_t id) {
    auto const& content = *c.box().find(id)->content;
    bool const found = content.text.find(q.q.view()) != std::string::npos;
    bool const in_time = (q.min_date <= 0 || content.date >= q.min_date) &&
                         (q.max_date <= 0 || content.date <= q.max_date);
    return !found || !in_time || !matches(q.filter, content) ||
           (author && content.author != *author);
  });
  return render_page_of(c, ids,
                        {.offset_id = q.offset_id,
                         .add_offset = q.add_offset,
                         .limit = q.limit,
                         .max_id = q.max_id,
                         .min_id = q.min_id});
}

/// Messages that do not exist come back as messageEmpty, in their places.
outcome<tl::messages::Messages> get_messages(call_context& c, tl::messages::getMessages const& q) {
  if (q.id.size() > 1000) return refuse(400, "INPUT_REQUEST_TOO_LONG");
  view render(c.world, c.account);
  std::vector<tl::Message> messages;
  for (auto const& named : q.id) {
    std::int32_t id = 0;
    if (auto const* plain = named.get_if<tl::inputMessageID>()) id = plain->id;
    if (auto const* reply = named.get_if<tl::inputMessageReplyTo>()) {
      auto const* copy = c.box().find(reply->id);
      id = copy ? c.box().id_of(copy->content->reply_to_uid).value_or(0) : 0;
    }
    if (auto const* copy = c.box().find(id)) {
      messages.push_back(render.message(*copy));
    } else {
      messages.push_back(tl::messageEmpty{.id = id});
    }
  }
  tl::messages::messages out;
  out.messages = to_list(std::move(messages));
  out.chats = to_list(render.chats());
  out.users = to_list(render.users());
  return tl::messages::Messages(std::move(out));
}

}  // namespace

void add_history_handlers(handler_table& table) {
  table.on<tl::messages::getHistory>(get_history);
  table.on<tl::messages::search>(search);
  table.on<tl::messages::getMessages>(get_messages);
}

}  // namespace mtp::MTP_ABI::testing
