// SPDX-License-Identifier: MIT OR Apache-2.0
#include "channel_history.hpp"
#include "handler_table.hpp"
#include "pages.hpp"
#include "peers.hpp"
#include "views.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

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
  auto const& box = c.box();
  auto const date_of = [&](std::int32_t id) { return box.find(id)->content->date; };
  auto const page = page_of(ids, w, date_of);
  return rendered(c, page, ids.size(), page.size() == ids.size());
}

std::vector<std::int32_t> newest_first(call_context& c, peer where) {
  auto const* talk = c.box().find_dialog(where);
  if (!talk) return {};
  return {talk->ids.rbegin(), talk->ids.rend()};
}

outcome<tl::messages::Messages> get_history(call_context& c, tl::messages::getHistory const& q) {
  auto const in_channel = resolve_channel(c, q.peer);
  if (!in_channel) return failure{in_channel.error()};
  if (*in_channel) return history_of(c, **in_channel, window::of(q));
  auto const where = resolve(c, q.peer);
  if (!where) return failure{where.error()};
  return render_page_of(c, newest_first(c, *where), window::of(q));
}

/// Empty for filters of media that this world has no index of.
bool matches(tl::MessagesFilter const& filter, message_content const& content,
             std::int64_t viewer) {
  if (filter.get_if<tl::inputMessagesFilterEmpty>()) return true;
  if (filter.get_if<tl::inputMessagesFilterPinned>()) return content.is_pinned_for(viewer);
  if (content.media.empty()) return false;
  auto const media = decode_stored<tl::MessageMedia>(content.media);
  bool const photo = media.get_if<tl::messageMediaPhoto>();
  bool const document = media.get_if<tl::messageMediaDocument>();
  if (filter.get_if<tl::inputMessagesFilterPhotos>()) return photo;
  if (filter.get_if<tl::inputMessagesFilterDocument>()) return document;
  if (filter.get_if<tl::inputMessagesFilterPhotoVideo>()) return photo;
  return false;
}

/// What a search asks of a message.
bool is_found(tl::messages::search const& q, message_content const& content, std::int64_t viewer,
              std::optional<std::int64_t> author) {
  bool const found = content.text.find(q.q.view()) != std::string::npos;
  bool const in_time = (q.min_date <= 0 || content.date >= q.min_date) &&
                       (q.max_date <= 0 || content.date <= q.max_date);
  return found && in_time && matches(q.filter, content, viewer) &&
         (!author || content.author == *author);
}

outcome<std::optional<std::int64_t>> author_of(call_context& c, tl::messages::search const& q) {
  std::optional<std::int64_t> author;
  if (!q.from_id) return author;
  auto const from = resolve(c, q.from_id);
  if (!from) return failure{from.error()};
  author = from->id;
  return author;
}

outcome<tl::messages::Messages> search(call_context& c, tl::messages::search const& q) {
  auto const author = author_of(c, q);
  if (!author) return failure{author.error()};
  auto const fits = [&](message_content const& content) {
    return is_found(q, content, c.account, *author);
  };
  window const wanted{.offset_id = q.offset_id,
                      .add_offset = q.add_offset,
                      .limit = q.limit,
                      .max_id = q.max_id,
                      .min_id = q.min_id};
  auto const in_channel = resolve_channel(c, q.peer);
  if (!in_channel) return failure{in_channel.error()};
  if (*in_channel) return found_in(c, **in_channel, wanted, fits);
  std::vector<std::int32_t> ids;
  if (q.peer.get_if<tl::inputPeerEmpty>()) {
    for (auto const& [id, copy] : c.box().messages()) ids.insert(ids.begin(), id);
  } else {
    auto const where = resolve(c, q.peer);
    if (!where) return failure{where.error()};
    ids = newest_first(c, *where);
  }
  std::erase_if(ids, [&](std::int32_t id) { return !fits(*c.box().find(id)->content); });
  return render_page_of(c, ids, wanted);
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
