// SPDX-License-Identifier: MIT OR Apache-2.0
#include "dispatch.hpp"
#include "handler_table.hpp"
#include "peers.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

/// What a forward takes over, into a message as the options want it.
message_content forwarded(message_content const& original, message_content into,
                          tl::messages::forwardMessages const& q) {
  into.media = original.media;
  into.preview = original.preview;
  bool const without_text = q.drop_media_captions && !original.media.empty();
  if (!without_text) {
    into.text = original.text;
    into.entities = original.entities;
  }
  if (q.drop_author) return into;
  into.forwarded = original.forwarded;
  if (!into.forwarded)
    into.forwarded = forward_origin{.author = original.author, .date = original.date};
  return into;
}

/// Albums stay together, under a number of their own.
std::int64_t group_for(call_context& c, std::map<std::int64_t, std::int64_t>& groups,
                       std::int64_t of) {
  if (of == 0) return 0;
  auto& group = groups[of];
  if (group == 0) group = (c.random.make<std::int64_t>() & INT64_MAX) | 1;
  return group;
}

outcome<> check_list(tl::messages::forwardMessages const& q) {
  if (q.id.empty()) return refuse(400, "MESSAGE_IDS_EMPTY");
  if (q.id.size() != q.random_id.size()) return refuse(400, "RANDOM_ID_INVALID");
  if (q.id.size() > 100) return refuse(400, "INPUT_REQUEST_TOO_LONG");
  return {};
}

outcome<tl::Updates> forward_messages(call_context& c, tl::messages::forwardMessages const& q) {
  auto const from = resolve_place(c, q.from_peer);
  if (!from) return failure{from.error()};
  auto const fine = check_list(q);
  if (!fine) return failure{fine.error()};
  auto out = dispatch::begin(c, said_of_sending::of(q));
  if (!out) return failure{out.error()};
  std::map<std::int64_t, std::int64_t> groups;
  bool any = false;
  for (std::size_t i = 0; i < q.id.size(); ++i) {
    auto const copy = c.world.find_message(c.account, *from, q.id[i]);
    if (!copy || !copy->content->action.empty()) continue;
    if (copy->content->is_protected) return refuse(400, "CHAT_FORWARDS_RESTRICTED");
    auto content = forwarded(*copy->content, out->blank(), q);
    content.grouped_id = group_for(c, groups, copy->content->grouped_id);
    auto const sent = out->send(std::move(content), q.random_id[i]);
    if (!sent) return failure{sent.error()};
    any = true;
  }
  if (!any) return refuse(400, "MESSAGE_ID_INVALID");
  return out->answer();
}

}  // namespace

void add_forward_handlers(handler_table& table) {
  table.on<tl::messages::forwardMessages>(forward_messages);
}

}  // namespace mtp::MTP_ABI::testing
