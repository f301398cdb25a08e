// SPDX-License-Identifier: MIT OR Apache-2.0
#include "updates/album_collector.hpp"

#include "updates/delivery_queue.hpp"

#include <mtp/core/deadline.hpp>

#include <algorithm>
#include <utility>

namespace mtp::MTP_ABI::updates {

// --- What comes

void album_collector::push(arrival what, steady_time now) {
  auto const where = what.update ? album_place_of(*what.update) : std::nullopt;
  auto const known = where ? open_.find(where->chat) : open_.end();
  bool const is_other = known != open_.end() && at(known->second).group != where->group;
  if (is_other) release(known->second);
  if (where && where->group) return collect(*where, std::move(what), now);
  if (what.update && !open_.empty()) release_touched(album_touch_of(*what.update));
  ready_.emplace_back(std::move(what));
}

void album_collector::push(reach position) {
  if (waiting_.empty()) {
    ready_.emplace_back(std::move(position));
  } else if (auto* const last = std::get_if<reach>(&waiting_.back())) {
    merge(*last, std::move(position));
  } else {
    waiting_.emplace_back(std::move(position));
  }
}

void album_collector::collect(album_place const& where, arrival part, steady_time now) {
  auto const known = open_.find(where.chat);
  auto const which = known != open_.end() ? known->second : open(where, now);
  auto& album = at(which);
  album.parts.insert_or_assign(where.message, std::move(part.update));
  album.fetched = album.fetched || part.fetched;
  album.last = now;
  if (album.parts.size() >= max_parts) release(which);
}

album_collector::place album_collector::open(album_place const& where, steady_time now) {
  if (open_.size() >= options_.max_open) release(oldest());
  held album{.chat = where.chat, .group = *where.group, .first = now, .last = now};
  auto const out = waiting_.insert(waiting_.end(), std::move(album));
  open_.emplace(where.chat, out);
  return out;
}

album_collector::place album_collector::oldest() {
  return std::ranges::find_if(waiting_,
                              [](entry const& one) { return std::holds_alternative<held>(one); });
}

// --- What goes on

std::optional<album_collector::output> album_collector::take() {
  if (ready_.empty()) return {};
  std::optional<output> out(std::move(ready_.front()));
  ready_.pop_front();
  return out;
}

steady_time album_collector::expiry_of(held const& one) const {
  return catching_up_ ? deadline_after(one.first, options_.max_wait)
                      : deadline_after(one.last, options_.quiet);
}

void album_collector::expire(steady_time now) {
  for (auto it = open_.begin(); it != open_.end();) {
    auto const which = (it++)->second;
    if (expiry_of(at(which)) <= now) release(which);
  }
}

steady_time album_collector::next_expiry() const {
  auto out = steady_time::max();
  for (auto const& [chat, which] : open_) out = std::min(out, expiry_of(at(which)));
  return out;
}

void album_collector::release_all() {
  while (!open_.empty()) release(oldest());
}

void album_collector::clear() {
  waiting_.clear();
  open_.clear();
  ready_.clear();
}

void album_collector::release_touched(album_touch const& by) {
  for (auto it = open_.begin(); it != open_.end();) {
    auto const which = (it++)->second;
    auto const& album = at(which);
    bool const is_here = by.chat ? *by.chat == album.chat : !is_channel(album.chat);
    auto const is_part = [&](std::int32_t id) { return album.parts.contains(id); };
    if (is_here && std::ranges::any_of(by.messages, is_part)) release(which);
  }
}

/// The album goes on; what stood behind it does too, as far as no other album does.
void album_collector::release(place which) {
  auto album = std::move(at(which));
  open_.erase(album.chat);
  waiting_.erase(which);
  album_parts parts;
  for (auto& [id, part] : album.parts) parts.push_back(std::move(part));
  arrival out{.update = parts.front(), .fetched = album.fetched};
  out.album = std::make_shared<album_parts const>(std::move(parts));
  ready_.emplace_back(std::move(out));
  pass_positions();
}

void album_collector::pass_positions() {
  while (!waiting_.empty() && std::holds_alternative<reach>(waiting_.front())) {
    ready_.emplace_back(std::get<reach>(std::move(waiting_.front())));
    waiting_.pop_front();
  }
}

}  // namespace mtp::MTP_ABI::updates
