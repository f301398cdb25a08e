// SPDX-License-Identifier: MIT OR Apache-2.0
#include "hub.hpp"
#include "unix_seconds.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr duration sweep_every = std::chrono::seconds(1);
constexpr duration key_sweep_every = std::chrono::minutes(1);
constexpr duration min_wait = std::chrono::milliseconds(2);

}  // namespace

/// After a session's machine did something: its connection may have to write, its deadline may
/// have moved.
void hub::settle(hub_session& session, moment now) {
  if (session.connection) ready_.insert(*session.connection);
  set_deadline(session, now);
}

void hub::set_deadline(hub_session& session, moment now) {
  bool const served = session.connection && !is_closing(*session.connection);
  auto deadline = served ? session.machine.next_deadline() : std::nullopt;
  if (deadline) deadline = std::max(*deadline, now.steady + min_wait);
  if (deadline == session.deadline) return;
  if (session.deadline) deadlines_.erase({*session.deadline, session.place});
  session.deadline = deadline;
  if (deadline) deadlines_.emplace(*deadline, session.place);
}

std::optional<steady_time> hub::next_deadline() const {
  if (connections_.empty() && sessions_.empty() && late_.empty()) return {};
  auto next = next_sweep_;
  if (!deadlines_.empty()) next = std::min(next, deadlines_.begin()->first);
  for (auto const& late : late_) next = std::min(next, late.due);
  return next;
}

void hub::tick(moment now) {
  tick_sessions(now);
  if (now.steady < next_sweep_) return;
  next_sweep_ = now.steady + sweep_every;
  tick_connections(now);
  if (now.steady < next_key_sweep_) return;
  next_key_sweep_ = now.steady + key_sweep_every;
  keys_.sweep(unix_seconds(now));
}

void hub::tick_sessions(moment now) {
  while (!deadlines_.empty() && deadlines_.begin()->first <= now.steady) {
    auto const place = deadlines_.begin()->second;
    deadlines_.erase(deadlines_.begin());
    auto const at = sessions_.find(place);
    if (at == sessions_.end()) continue;
    auto& session = at->second;
    session.deadline.reset();
    if (!session.connection) continue;
    if (session.machine.should_close(now)) {
      close(*session.connection, "its ping_delay_disconnect ran out");
    } else {
      ready_.insert(*session.connection);  // take_output() sets it again
    }
  }
  std::vector<late_answer> due;
  std::erase_if(late_, [&](late_answer& late) {
    if (late.due > now.steady) return false;
    due.push_back(std::move(late));
    return true;
  });
  for (auto const& late : due) {
    auto const at = sessions_.find(late.place);
    if (at != sessions_.end()) finish(at->second, late.message_id, late.object, now);
  }
}

/// A peer that neither reads the last bytes nor closes would keep the connection without end.
void hub::close_lingering(connection_id id, hub_connection& closing, moment now) {
  if (!closing.closing_since) closing.closing_since = now.steady;
  if (now.steady - *closing.closing_since < options_.closing_timeout) return;
  closing.over = true;
  ready_.insert(id);
}

void hub::tick_connections(moment now) {
  for (auto& [id, connection] : connections_) {
    if (connection->closing()) {
      close_lingering(id, *connection, now);
      continue;
    }
    bool const strange = !connection->proven && !connection->silent() &&
                         now.steady - connection->began > options_.handshake_timeout;
    if (strange) close(id, "no key was proven in time");
    bool const silent = now.steady - connection->last_heard > options_.idle_timeout;
    if (silent && !strange) close(id, "it was silent for too long");
  }
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    bool const lost =
        !at->second.connection && now.steady - at->second.last_seen > options_.session_lifetime;
    at = lost ? drop_session(at) : std::next(at);
  }
}

void hub::close_all() {
  for (auto& [id, connection] : connections_) {
    if (!connection->closing()) close(id, "a test asked for it");
  }
}

void hub::forget_sessions() {
  for (auto at = sessions_.begin(); at != sessions_.end();) at = drop_session(at);
  listeners_.clear();
}

void hub::rotate_salts(moment now) {
  auto const since = now.wall.time_since_epoch();
  auto const second = std::chrono::duration_cast<std::chrono::seconds>(since).count();
  for (auto& [place, salts] : salts_) salts->rotate(second);
}

void hub::for_each_session(std::int64_t user, std::function<void(hub_session&)> const& change) {
  for (auto& [place, session] : sessions_) {
    if (user == 0 || account_of(place, {}) == user) change(session);
  }
}

}  // namespace mtp::MTP_ABI::testing
