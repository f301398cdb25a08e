// SPDX-License-Identifier: MIT OR Apache-2.0
#include "key_ring.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {

known_key& key_ring::add(known_key fresh) {
  std::pair const place{fresh.dc, fresh.id()};
  return keys_.insert_or_assign(place, std::move(fresh)).first->second;
}

known_key* key_ring::find(int dc, std::int64_t id, std::int32_t now) {
  auto const at = keys_.find({dc, id});
  if (at == keys_.end()) return nullptr;
  auto& found = at->second;
  return found.temporary && found.expires_at <= now ? nullptr : &found;
}

known_key* key_ring::permanent(known_key& used) {
  if (!used.temporary) return &used;
  auto const at = keys_.find({used.dc, used.bound_to});
  return at == keys_.end() ? nullptr : &at->second;
}

void key_ring::bind(known_key& temporary, known_key& permanent) {
  temporary.bound_to = permanent.id();
  temporary.setup = connection_setup::none;
  if (temporary.layer) permanent.layer = temporary.layer;
}

void key_ring::remember_layer(known_key& used, int layer) {
  used.layer = layer;
  if (auto* behind = permanent(used)) behind->layer = layer;
}

std::optional<int> key_ring::layer_of(known_key& used) {
  if (used.layer) return used.layer;
  auto const* behind = permanent(used);
  return behind ? behind->layer : std::nullopt;
}

void key_ring::drop_temporary(known_key const& permanent, std::vector<std::int64_t> const& except) {
  std::erase_if(keys_, [&](auto const& entry) {
    auto const& [place, key] = entry;
    bool const kept = std::find(except.begin(), except.end(), place.second) != except.end();
    return key.temporary && key.dc == permanent.dc && key.bound_to == permanent.id() && !kept;
  });
}

void key_ring::touch(known_key& used, std::int32_t now) {
  used.last_used = now;
  if (auto* behind = permanent(used)) behind->last_used = now;
}

void key_ring::sweep(std::int32_t now) {
  std::erase_if(keys_, [now](auto const& entry) {
    auto const& key = entry.second;
    if (key.temporary && key.expires_at <= now) return true;
    bool const loose = key.temporary ? key.bound_to == 0 : key.user == 0;
    return loose && now - key.last_used > unused_lifetime;
  });
}

void key_ring::drop(int dc, std::int64_t id) { keys_.erase({dc, id}); }

/// For whom it acts; 0 for nobody.
std::int64_t key_ring::owner_of(known_key const& key) const {
  if (!key.temporary) return key.user;
  auto const at = keys_.find({key.dc, key.bound_to});
  return at == keys_.end() ? 0 : at->second.user;
}

std::vector<known_key const*> key_ring::keys_of(std::int64_t user) const {
  std::vector<known_key const*> found;
  for (auto const& [place, key] : keys_) {
    if (owner_of(key) == user) found.push_back(&key);
  }
  return found;
}

std::vector<std::pair<int, std::int64_t>> key_ring::choose(key_choice const& whose) const {
  std::vector<std::pair<int, std::int64_t>> found;
  for (auto const& [place, key] : keys_) {
    bool const meant = (whose.dc == 0 || whose.dc == key.dc) &&
                       (whose.key == 0 || whose.key == place.second) &&
                       (whose.account == 0 || whose.account == owner_of(key));
    if (meant) found.push_back(place);
  }
  return found;
}

std::vector<key_record> key_ring::records() const {
  std::vector<key_record> out;
  for (auto const& [place, key] : keys_) {
    out.push_back({.id = place.second,
                   .dc = key.dc,
                   .temporary = key.temporary,
                   .expires_at = key.expires_at,
                   .bound_to = key.bound_to,
                   .account = owner_of(key)});
  }
  return out;
}

}  // namespace mtp::MTP_ABI::testing
