// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"
#include "peers.hpp"
#include "sending.hpp"

namespace mtp::MTP_ABI::testing {
namespace {

message_content forwarded(message_content const& original, std::int64_t by, bool keep_author) {
  message_content out = original;
  out.author = by;
  out.edit_date = 0;
  out.markup.clear();
  out.reply_to_uid = 0;
  out.grouped_id = 0;
  if (keep_author && !out.forwarded)
    out.forwarded = forward_origin{.author = original.author, .date = original.date};
  if (!keep_author) out.forwarded.reset();
  return out;
}

outcome<tl::Updates> forward_messages(call_context& c, tl::messages::forwardMessages const& q) {
  auto const from = resolve(c, q.from_peer);
  if (!from) return failure{from.error()};
  auto const to = resolve(c, q.to_peer);
  if (!to) return failure{to.error()};
  if (q.id.empty()) return refuse(400, "MESSAGE_IDS_EMPTY");
  if (q.id.size() != q.random_id.size()) return refuse(400, "RANDOM_ID_INVALID");
  if (q.id.size() > 100) return refuse(400, "INPUT_REQUEST_TOO_LONG");
  std::vector<std::int64_t> random_ids;
  std::vector<sent_message> all;
  for (std::size_t i = 0; i < q.id.size(); ++i) {
    auto const* copy = c.box().find(q.id[i]);
    if (!copy || copy->where != *from || !copy->content->action.empty()) continue;
    outgoing_message one{.to = *to, .random_id = q.random_id[i]};
    one.content = forwarded(*copy->content, c.account, !q.drop_author);
    one.content.silent = q.silent;
    auto const sent = c.world.send(std::move(one), c.now);
    if (!sent) return failure{sent.error()};
    random_ids.push_back(q.random_id[i]);
    all.push_back(*sent);
  }
  if (all.empty()) return refuse(400, "MESSAGE_ID_INVALID");
  return sent_updates(c, random_ids, all);
}

}  // namespace

void add_forward_handlers(handler_table& table) {
  table.on<tl::messages::forwardMessages>(forward_messages);
}

}  // namespace mtp::MTP_ABI::testing
