// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/min
#include "client/met_peer.hpp"

#include <mtp/tl/types/Chat.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/Username.hpp>

#include <algorithm>

namespace mtp::MTP_ABI::detail {
namespace {

template <class Text>
std::string_view view_of(Text const& text) {
  return text ? text->view() : std::string_view();
}

/// Calls `use` with each username in use, the first one first.
template <class Use>
void for_each_username(met_peer const& of, Use use) {
  if (!of.username.empty()) use(of.username);
  if (!of.usernames) return;
  for (auto const& one : *of.usernames) {
    if (one.active && one.username.view() != of.username) use(one.username.view());
  }
}

bool same_usernames(met_peer const& met, std::vector<std::string> const& known) {
  std::size_t at = 0;
  bool same = true;
  for_each_username(met, [&](std::string_view one) {
    same = same && at < known.size() && known[at] == one;
    ++at;
  });
  return same && at == known.size();
}

bool same_name(met_peer const& met, std::string_view known) {
  if (!known.starts_with(met.first_name)) return false;
  known.remove_prefix(met.first_name.size());
  bool const both = !met.first_name.empty() && !met.last_name.empty();
  if (both && !known.starts_with(' ')) return false;
  if (both) known.remove_prefix(1);
  return known == met.last_name;
}

peer_shape shape_of(tl::channel const& of) {
  if (of.monoforum) return peer_shape::direct;
  if (of.gigagroup) return peer_shape::gigagroup;
  if (of.forum) return peer_shape::forum;
  return of.broadcast ? peer_shape::broadcast : peer_shape::supergroup;
}

met_peer met_channel(tl::channel const& from) {
  met_peer out{.id = {peer_kind::channel, from.id}, .min = from.min};
  if (!from.min) out.access_hash = from.access_hash.value_or(0);
  out.whole = out.access_hash != 0;
  out.shape = shape_of(from);
  out.first_name = from.title.view();
  out.username = view_of(from.username);
  out.usernames = from.usernames ? &*from.usernames : nullptr;
  return out;
}

}  // namespace

bool met_peer::is_in(stored_peer const& stored) const {
  if (!whole) return stored.whole && (access_hash == 0 || access_hash == stored.access_hash);
  return stored.whole && stored.access_hash == access_hash && stored.shape == shape &&
         stored.phone.reveal() == phone && same_name(*this, stored.name) &&
         same_usernames(*this, stored.usernames);
}

stored_peer met_peer::to_stored(std::int32_t now) const {
  stored_peer out{.id = id, .access_hash = access_hash, .learnt = now, .shape = shape};
  out.whole = whole;
  out.name = std::string(first_name);
  if (!first_name.empty() && !last_name.empty()) out.name += ' ';
  out.name += last_name;
  out.phone = std::string(phone);
  for_each_username(*this, [&](std::string_view one) { out.usernames.emplace_back(one); });
  return out;
}

std::optional<met_peer> met_peer_of(tl::User const& who) {
  auto const* from = who.get_if<tl::user>();
  if (!from) return {};
  met_peer out{.id = {peer_kind::user, from->id}, .min = from->min};
  if (!from->min) out.access_hash = from->access_hash.value_or(0);
  out.whole = out.access_hash != 0;
  if (from->bot) out.shape = peer_shape::bot;
  out.first_name = view_of(from->first_name);
  out.last_name = view_of(from->last_name);
  out.username = view_of(from->username);
  out.usernames = from->usernames ? &*from->usernames : nullptr;
  out.phone = view_of(from->phone);
  return out;
}

std::optional<met_peer> met_peer_of(tl::Chat const& where) {
  if (auto const* channel = where.get_if<tl::channel>()) return met_channel(*channel);
  if (auto const* closed = where.get_if<tl::channelForbidden>())
    return met_peer{.id = {peer_kind::channel, closed->id},
                    .access_hash = closed->access_hash,
                    .shape = closed->broadcast ? peer_shape::broadcast : peer_shape::supergroup,
                    .first_name = closed->title.view()};
  if (auto const* chat = where.get_if<tl::chat>())
    return met_peer{
        .id = {peer_kind::chat, chat->id}, .whole = true, .first_name = chat->title.view()};
  return {};
}

}  // namespace mtp::MTP_ABI::detail
