// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Pinned messages, and what else changes of a message without an edit of it.
#include <mtp/testing/world/world.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

/// False when it was so already.
bool set_pin(message_content& content, std::int64_t account, pin_change how) {
  if (content.is_pinned_for(account) == how.pinned) return false;
  if (!how.pinned) {
    content.pinned_for.clear();
  } else {
    content.pinned_for.insert(how.for_all ? 0 : account);
  }
  return true;
}

}  // namespace

std::optional<message_copy> world::find_message(std::int64_t account, peer where, std::int32_t id) {
  if (where.kind == world_peer_kind::channel) {
    auto const* in = channels_.find(where.id);
    return in ? in->copy_for(account, id) : std::nullopt;
  }
  auto const* copy = box(account).find(id);
  if (!copy || copy->where != where) return {};
  return *copy;
}

std::int32_t world::pin(std::int64_t account, peer where, std::vector<std::int32_t> const& ids,
                        pin_change how, std::int32_t now) {
  std::map<std::int64_t, messages_pinned> news;
  bool const in_channel = where.kind == world_peer_kind::channel;
  std::int32_t count = 0;
  for (auto const id : ids) {
    auto const copy = find_message(account, where, id);
    if (!copy || !set_pin(*copy->content, account, how)) continue;
    ++count;
    news[account].ids.push_back(id);
    if (in_channel || !how.for_all) continue;
    for (auto const who : audience(account, where)) {
      auto const theirs = box(who).id_of(copy->content->uid);
      if (who != account && theirs) news[who].ids.push_back(*theirs);
    }
  }
  for (auto& [who, what] : news) {
    what.pinned = how.pinned;
    what.where = in_channel ? where : seen_by(who, account, where);
    if (in_channel)
      log_change(*channels_.find(where.id), std::move(what), now);
    else
      box(who).log_pins(std::move(what), now);
  }
  return count;
}

std::vector<std::int32_t> world::pinned_in(std::int64_t account, peer where) {
  std::vector<std::int32_t> out;
  auto const look = [&](std::int32_t id, message_content const& content) {
    if (content.is_pinned_for(account)) out.push_back(id);
  };
  if (where.kind == world_peer_kind::channel) {
    if (auto const* in = channels_.find(where.id))
      for (auto const& [id, content] : in->posts) look(id, *content);
  } else if (auto const* talk = box(account).find_dialog(where)) {
    for (auto const id : talk->ids) look(id, *box(account).find(id)->content);
  }
  std::ranges::reverse(out);
  return out;
}

void world::show_again(std::int64_t account, peer where, std::int32_t id, std::int32_t now) {
  auto const copy = find_message(account, where, id);
  if (!copy) return;
  if (where.kind == world_peer_kind::channel)
    return log_change(*channels_.find(where.id), message_edited{id}, now);
  for (auto const who : audience(account, where)) {
    if (auto const theirs = box(who).id_of(copy->content->uid)) box(who).log_edit(*theirs, now);
  }
}

}  // namespace mtp::MTP_ABI::testing
