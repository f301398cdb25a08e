// SPDX-License-Identifier: MIT OR Apache-2.0
#include "hub.hpp"
#include "unix_seconds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::size_t max_failed_calls = 256;

}  // namespace

hub_session* hub::find_session(connection_id id, known_key& key, std::int64_t number, moment now) {
  session_place const place{key.dc, key.id(), number};
  auto at = sessions_.find(place);
  if (at == sessions_.end()) {
    make_room(key);
    mtproto::server_session protocol(key.key, number, salts_of(key.dc), random_, options_.sessions);
    at = sessions_.try_emplace(place, place, std::move(protocol)).first;
  }
  attach(at->second, id, now);
  return &at->second;
}

/// A key may have only so many sessions; the one longest silent goes first.
void hub::make_room(known_key const& key) {
  auto const first = sessions_.lower_bound({key.dc, key.id(), INT64_MIN});
  auto const last = sessions_.upper_bound({key.dc, key.id(), INT64_MAX});
  if (static_cast<std::size_t>(std::distance(first, last)) < options_.max_sessions_per_key) return;
  auto const oldest = std::min_element(first, last, [](auto const& a, auto const& b) {
    bool const a_lost = !a.second.connection;
    bool const b_lost = !b.second.connection;
    return a_lost != b_lost ? a_lost : a.second.last_seen < b.second.last_seen;
  });
  drop_session(oldest);
}

void hub::attach(hub_session& session, connection_id id, moment now) {
  session.last_seen = now.steady;
  if (session.connection == id) return;
  if (session.connection) detach(session);
  session.connection = id;
  connections_.at(id)->sessions().insert(session.place);
  session.machine.on_connected(now);
}

void hub::detach(hub_session& session) {
  if (auto const at = connections_.find(*session.connection); at != connections_.end())
    at->second->sessions().erase(session.place);
  session.connection.reset();
  session.machine.on_disconnected();
}

std::map<session_place, hub_session>::iterator hub::drop_session(
    std::map<session_place, hub_session>::iterator at) {
  auto& session = at->second;
  if (session.connection) detach(session);
  if (session.deadline) deadlines_.erase({*session.deadline, session.place});
  return sessions_.erase(at);
}

void hub::on_events(session_place place, std::vector<mtproto::server_event> const& events,
                    moment now) {
  for (auto const& e : events) {
    auto const session = sessions_.find(place);
    auto* key = keys_.find(place.dc, place.key, 0);
    if (session == sessions_.end() || !key) return;  // an earlier event ended it
    on_event(session->second, *key, e, now);
  }
}

void hub::on_event(hub_session& session, known_key& key, mtproto::server_event const& e,
                   moment now) {
  if (auto const* call = std::get_if<mtproto::server_events::incoming_call>(&e))
    return on_call(session, key, *call, now);
  if (auto const* dropped = std::get_if<mtproto::server_events::dropped>(&e)) {
    auto const is_meant = [&](late_answer const& late) {
      return late.place == session.place && late.message_id == dropped->message_id;
    };
    std::erase_if(late_, is_meant);
    std::erase_if(held_, is_meant);
    return;
  }
  if (auto const* ends = std::get_if<mtproto::server_events::destroy_session>(&e))
    return destroy_session(session, *ends, now);
  destroy_key(session, key, std::get<mtproto::server_events::destroy_key>(e).message_id, now);
}

/// Null while the session has none.
hub_connection* hub::connection_of(hub_session const& session) {
  auto const at = session.connection ? connections_.find(*session.connection) : connections_.end();
  return at == connections_.end() ? nullptr : at->second.get();
}

void hub::on_call(hub_session& session, known_key& key,
                  mtproto::server_events::incoming_call const& call, moment now) {
  auto const place = session.place;
  if (session.machine.waiting_bytes() > 4 * options_.max_queued) {  // it asks and never reads
    return finish(session, call.message_id, refuse(420, "FLOOD_WAIT_1"), now);
  }
  auto const* from = connection_of(session);
  auto answer = api_.execute({.key = key,
                              .session = session,
                              .message_id = call.message_id,
                              .body = call.body,
                              .now = now,
                              .media_only = from && from->address().media_only});
  auto const forget = answer.forget;
  conclude(place, call.message_id, std::move(answer), now);
  if (auto const account = account_of(place, now); account != 0 && session.wants_updates)
    listeners_[account].insert(place);
  deliver_events(now, place);
  if (forget) forget_after(place, *forget, now);
}

/// Does with an answer what a test wants, usually: writes it.
void hub::conclude(session_place place, std::int64_t message_id, call_answer answer, moment now) {
  auto& session = sessions_.at(place);
  late_answer waiting{now.steady + answer.delay, place, message_id, std::move(answer.object),
                      answer.query};
  if (answer.disconnect) {
    if (session.connection) close(*session.connection, "a test asked for it");
  } else if (answer.held) {
    held_.push_back(std::move(waiting));
  } else if (answer.delay > duration::zero()) {
    late_.push_back(std::move(waiting));
  } else if (!answer.silent) {
    finish(session, message_id, waiting.object, now);
  }
}

/// The answer is written first.
void hub::forget_after(session_place place, remembered what, moment now) {
  if (auto const at = sessions_.find(place); at != sessions_.end()) flush(at->second, now);
  forget_of_key(what, place.dc, place.key, now);
}

void hub::finish(hub_session& session, std::int64_t message_id, outcome<bytes> const& object,
                 moment now) {
  if (object) {
    session.machine.answer(message_id, *object, now);
  } else {
    session.failed_calls.push_back(message_id);
    if (session.failed_calls.size() > max_failed_calls) session.failed_calls.pop_front();
    session.machine.refuse(message_id, object.error().code, object.error().text, now);
  }
  settle(session, now);
}

void hub::destroy_session(hub_session& session, mtproto::server_events::destroy_session const& e,
                          moment now) {
  auto const at = sessions_.find({session.place.dc, session.place.key, e.session});
  bool const other = at != sessions_.end() && e.session != session.place.session;
  if (other) drop_session(at);
  session.machine.finish_destroy_session(e.message_id, e.session, other, now);
}

/// The answer is written before the key that encrypts it is forgotten.
void hub::destroy_key(hub_session& session, known_key const& key, std::int64_t message_id,
                      moment now) {
  session.machine.finish_destroy_key(message_id, mtproto::server_session::key_end::destroyed, now);
  flush(session, now);
  auto const dc = key.dc;
  auto const id = key.id();
  drop_sessions(dc, id);
  keys_.drop_temporary(key, {});
  keys_.drop(dc, id);
}

void hub::flush(hub_session& session, moment now) {
  if (!session.connection) return;
  auto& to = *connections_.at(*session.connection);
  while (auto const packet = session.machine.next_packet(now)) to.send_packet(*packet);
  ready_.insert(*session.connection);
}

std::int64_t hub::account_of(session_place place, moment now) {
  auto* key = keys_.find(place.dc, place.key, unix_seconds(now));
  auto const* owner = key ? keys_.permanent(*key) : nullptr;
  return owner ? owner->user : 0;
}

std::size_t hub::listeners(std::int64_t account) const {
  auto const at = listeners_.find(account);
  if (at == listeners_.end()) return 0;
  auto const& places = at->second;
  auto const count =
      std::count_if(places.begin(), places.end(), [this](session_place const& place) {
        auto const session = sessions_.find(place);
        return session != sessions_.end() && session->second.connection;
      });
  return static_cast<std::size_t>(count);
}

void hub::deliver_events(moment now, std::optional<session_place> origin) {
  for (auto const& event : api_.take_events()) push(event, now, origin);
  for (auto const& notice : api_.take_notices(unix_seconds(now))) push(notice, now);
  for (auto& answer : api_.take_answers()) end_wait(std::move(answer), now);
}

/// Answers the call that waits for the query, unless its session is gone.
void hub::end_wait(query_answer answer, moment now) {
  auto const at = std::ranges::find(late_, answer.query, &late_answer::query);
  if (at == late_.end()) return;
  auto const late = *at;
  late_.erase(at);
  auto const session = sessions_.find(late.place);
  if (session == sessions_.end()) return;
  auto object = api_.in_layer(std::move(answer.object), layer_of(session->second));
  if (object) return finish(session->second, late.message_id, *object, now);
  finish(session->second, late.message_id, refuse(500, "ANSWER_NOT_IN_LAYER"), now);
}

/// What the session said that it speaks, else what was said under its key.
std::optional<int> hub::layer_of(hub_session const& session) {
  if (session.layer) return session.layer;
  auto* key = keys_.find(session.place.dc, session.place.key, 0);
  return key ? keys_.layer_of(*key) : std::nullopt;
}

void hub::push(key_notice const& notice, moment now) {
  for (auto& [place, session] : sessions_) {
    auto* key = keys_.find(place.dc, place.key, unix_seconds(now));
    auto const* owner = key ? keys_.permanent(*key) : nullptr;
    bool const meant = owner && owner->dc == notice.dc && owner->id() == notice.key;
    if (!meant || !session.wants_updates || !session.connection) continue;
    if (auto const object = api_.in_layer(notice.object, layer_of(session)))
      session.machine.push(*object, now);
    settle(session, now);
  }
}

/// Empty also when the API makes a mistake over it: those who come after it must hear of theirs.
std::optional<bytes> hub::render_push(account_event const& event, std::optional<int> layer) {
  try {
    return api_.render_push(event, layer);
  } catch (std::exception const& mistake) {
    log(log_level::error, fmt::format("a push is left out: {}", mistake.what()));
  }
  return {};
}

void hub::push(account_event const& event, moment now, std::optional<session_place> origin) {
  auto const at = listeners_.find(event.account);
  if (at == listeners_.end()) return;
  std::map<std::optional<int>, std::optional<bytes>> rendered;  // by layer
  std::vector<session_place> gone;
  for (auto const& place : at->second) {
    auto const session = sessions_.find(place);
    if (session == sessions_.end() || account_of(place, now) != event.account) {
      gone.push_back(place);
      continue;
    }
    auto& to = session->second;
    if (place == origin || !to.wants_updates) continue;
    auto const layer = layer_of(to);
    auto const known = rendered.find(layer);
    auto const& object =
        known != rendered.end() ? known->second : rendered[layer] = render_push(event, layer);
    if (object) to.machine.push(*object, now);
    auto const most = to.connection ? options_.max_unacknowledged : options_.max_lost_session;
    if (to.machine.unacknowledged() > most) gone.push_back(place);
    settle(to, now);
  }
  for (auto const& place : gone) {
    at->second.erase(place);
    auto const session = sessions_.find(place);
    bool const overflowed = session != sessions_.end() && account_of(place, now) == event.account;
    if (overflowed) drop_session(session);
  }
}

}  // namespace mtp::MTP_ABI::testing
