// SPDX-License-Identifier: MIT OR Apache-2.0
// What a test makes the data centre forget, deny or say without proof.
#include "hub.hpp"
#include "unix_seconds.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {

std::size_t hub::forget(remembered what, key_choice const& whose, moment now) {
  auto const chosen = keys_.choose(whose);
  for (auto const& [dc, id] : chosen) forget_of_key(what, dc, id, now);
  return chosen.size();
}

void hub::forget_of_key(remembered what, int dc, std::int64_t id, moment now) {
  auto* key = keys_.find(dc, id, 0);
  if (!key) return;
  switch (what) {
    case remembered::login:
      if (auto* owner = keys_.permanent(*key)) owner->user = owner->password_due = 0;
      break;
    case remembered::initialisation: key->setup = connection_setup::forgotten; break;
    case remembered::binding: key->bound_to = 0; break;
    case remembered::session: drop_sessions(dc, id); break;
    case remembered::salt: salts_of(dc).forget_present(unix_seconds(now)); break;
    case remembered::key:
      drop_sessions(dc, id);
      keys_.drop(dc, id);
      break;
  }
}

void hub::drop_sessions(int dc, std::int64_t key) {
  auto const is_of_key = [&](auto const& at) { return at->first.dc == dc && at->first.key == key; };
  for (auto at = sessions_.lower_bound({dc, key, INT64_MIN});
       at != sessions_.end() && is_of_key(at);)
    at = drop_session(at);
}

std::size_t hub::deny_keys(key_choice const& whose, int times) {
  auto const chosen = keys_.choose(whose);
  for (auto const& [dc, id] : chosen) keys_.find(dc, id, 0)->denials = times;
  return chosen.size();
}

std::size_t hub::duplicate_keys(key_choice const& whose) {
  std::size_t count = 0;
  for (auto const& [dc, id] : keys_.choose(whose)) {
    auto* owner = keys_.permanent(*keys_.find(dc, id, 0));
    if (!owner || owner->duplicated) continue;
    owner->duplicated = true;
    owner->user = owner->password_due = 0;
    ++count;
  }
  return count;
}

/// True when the key is to be denied although it is good.
bool hub::denies(known_key& key) {
  if (key.denials == 0) return false;
  if (key.denials > 0) --key.denials;
  return true;
}

std::size_t hub::inject_error(std::int32_t code, std::int64_t account) {
  std::size_t reached = 0;
  for (auto& [id, to] : connections_) {
    auto const acts_for = [&](session_place const& place) {
      return account_of(place, {}) == account;
    };
    bool const meant = account == 0 || std::ranges::any_of(to->sessions(), acts_for);
    if (!meant || to->closing()) continue;
    to->send_error(code);
    ready_.insert(id);
    ++reached;
  }
  return reached;
}

void hub::release_answers(moment now) {
  auto const held = std::exchange(held_, {});
  for (auto const& one : held) {
    auto const at = sessions_.find(one.place);
    if (at != sessions_.end()) finish(at->second, one.message_id, one.object, now);
  }
}

/// A session that began on another connection is known there only, when a test says so.
bool hub::is_tied_elsewhere(connection_id id, session_place place) const {
  if (options_.roaming == session_roaming::free) return false;
  auto const at = sessions_.find(place);
  return at != sessions_.end() && at->second.connection != id;
}

}  // namespace mtp::MTP_ABI::testing
