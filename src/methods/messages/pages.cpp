// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/offsets
#include "methods/messages/message_pages.hpp"

#include <mtp/methods/messages.hpp>
#include <mtp/tl/functions/messages.hpp>
#include <mtp/tl/types/Message.hpp>
#include <mtp/tl/types/MessagesFilter.hpp>
#include <mtp/tl/types/Reaction.hpp>

#include <chrono>
#include <utility>

namespace mtp::MTP_ABI {
namespace detail {

page_end end_of(tl::messages::Messages const& page) {
  page_end out;
  page.visit([&](auto const& form) {
    if constexpr (requires { form.messages; }) {
      for (auto const& each : form.messages)
        each.visit([&](auto const& one) {
          if (out.oldest == 0 || one.id < out.oldest) out.oldest = one.id;
        });
    }
  });
  out.is_whole = page.holds<tl::messages::messages>();
  return out;
}

namespace {

std::int32_t unix_time(std::chrono::sys_seconds at) {
  return static_cast<std::int32_t>(at.time_since_epoch().count());
}

tl::MessagesFilter filter_of(media_filter what) {
  switch (what) {
    case media_filter::any: return tl::inputMessagesFilterEmpty{};
    case media_filter::photos: return tl::inputMessagesFilterPhotos{};
    case media_filter::videos: return tl::inputMessagesFilterVideo{};
    case media_filter::photos_and_videos: return tl::inputMessagesFilterPhotoVideo{};
    case media_filter::files: return tl::inputMessagesFilterDocument{};
    case media_filter::links: return tl::inputMessagesFilterUrl{};
    case media_filter::animations: return tl::inputMessagesFilterGif{};
    case media_filter::voice: return tl::inputMessagesFilterVoice{};
    case media_filter::round_videos: return tl::inputMessagesFilterRoundVideo{};
    case media_filter::music: return tl::inputMessagesFilterMusic{};
    case media_filter::contacts: return tl::inputMessagesFilterContacts{};
    case media_filter::places: return tl::inputMessagesFilterGeo{};
    case media_filter::polls: return tl::inputMessagesFilterPoll{};
    case media_filter::pinned: return tl::inputMessagesFilterPinned{};
    case media_filter::mentions: return tl::inputMessagesFilterMyMentions{};
  }
  return tl::inputMessagesFilterEmpty{};
}

tl::messages::search search_request(std::string_view text, search_options const& options) {
  tl::messages::search request;
  request.q = tl::string(text);
  request.filter = filter_of(options.filter);
  request.top_msg_id = options.topic;
  if (options.after) request.min_date = unix_time(*options.after);
  if (options.before) request.max_date = unix_time(*options.before);
  return request;
}

}  // namespace
}  // namespace detail

pager<message> message_methods::history(peer_ref peer, history_options options) const {
  detail::paged_messages<tl::messages::getHistory> of;
  of.where.emplace_back(peer);
  of.request.offset_id = options.before_id;
  of.request.min_id = options.after_id;
  if (options.before) of.request.offset_date = detail::unix_time(*options.before);
  return detail::page_through(client_, std::move(of), options.limit);
}

pager<message> message_methods::search(peer_ref peer, std::string_view text,
                                       search_options options) const {
  detail::paged_messages<tl::messages::search> of;
  of.where.emplace_back(peer);
  if (options.from) of.from.emplace_back(*options.from);
  of.request = detail::search_request(text, options);
  return detail::page_through(client_, std::move(of), options.limit);
}

pager<message> message_methods::pinned(peer_ref peer) const {
  return search(peer, {}, {.filter = media_filter::pinned});
}

}  // namespace mtp::MTP_ABI
