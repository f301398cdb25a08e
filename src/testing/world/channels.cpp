// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/channels.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::testing {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

}  // namespace

std::shared_ptr<message_content> channel::find(std::int32_t post) const {
  auto const at = posts.find(post);
  return at == posts.end() ? nullptr : at->second;
}

std::optional<message_copy> channel::copy_for(std::int64_t viewer, std::int32_t post) const {
  auto content = find(post);
  if (!content) return {};
  bool const own = content->author == viewer;
  return message_copy{
      .id = post, .where = peer::channel(id), .outgoing = own, .content = std::move(content)};
}

std::optional<std::vector<channel_change>> channel::changes(std::int32_t since,
                                                            std::size_t limit) const {
  auto const first =
      std::ranges::partition_point(log, [&](channel_change const& c) { return c.pts <= since; });
  bool const reaches = first == log.end() ? since >= pts : first->pts - first->pts_count <= since;
  if (!reaches) return {};
  auto const count = std::min(limit, static_cast<std::size_t>(log.end() - first));
  return std::vector<channel_change>(first, first + static_cast<std::ptrdiff_t>(count));
}

channel& channels::create(std::int64_t id, std::string title, std::int64_t creator,
                          std::int32_t date) {
  if (id == 0) id = by_id_.empty() ? 5000 : by_id_.rbegin()->first + 1;
  channel fresh{.id = id, .title = std::move(title), .creator = creator, .date = date};
  fresh.members.insert(creator);
  return by_id_.insert_or_assign(id, std::move(fresh)).first->second;
}

channel* channels::find(std::int64_t id) {
  auto const at = by_id_.find(id);
  return at == by_id_.end() ? nullptr : &at->second;
}

channel const* channels::find(std::int64_t id) const {
  return const_cast<channels*>(this)->find(id);
}

channel const* channels::find_username(std::string_view username) const {
  for (auto const& [id, one] : by_id_) {
    if (!username.empty() && same_name(one.username, username)) return &one;
  }
  return nullptr;
}

}  // namespace mtp::MTP_ABI::testing
