// SPDX-License-Identifier: MIT OR Apache-2.0
#include "hub.hpp"

#include "unix_seconds.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

constexpr std::int32_t unknown_key = -404;
constexpr std::size_t output_chunk = 256 * 1024;
constexpr int max_steps = 32;  // to a key that buy an unauthenticated peer time; four would do

/// The client chose the span.
std::int32_t end_of(std::int32_t created, std::int32_t expires_in) {
  auto const end = std::int64_t{created} + std::max(expires_in, 0);
  return static_cast<std::int32_t>(std::min<std::int64_t>(end, INT32_MAX));
}

}  // namespace

hub::hub(crypto::rsa_private_key const& key, key_ring& keys, call_executor& api,
         random_source& random, hub_options options, log_sink log)
    : key_(key),
      keys_(keys),
      api_(api),
      random_(random),
      options_(std::move(options)),
      log_(std::move(log)) {}

void hub::log(log_level level, std::string_view line) const {
  if (log_) log_(level, line);
}

connection_id hub::open(dc_address where, moment now) {
  auto const id = ++last_connection_;
  connections_.emplace(
      id, std::make_unique<hub_connection>(std::move(where), key_, random_, options_.transports,
                                           options_.exchange, now));
  return id;
}

void hub::receive(connection_id id, bytes_view data, moment now) {
  auto const at = connections_.find(id);
  if (at == connections_.end() || at->second->closing()) return;
  at->second->last_heard = now.steady;
  if (at->second->silent()) return;
  auto packets = at->second->receive(data);
  if (!packets) return close(id, packets.error().message());
  for (auto& packet : *packets) {
    if (at->second->closing()) return;
    on_packet(id, std::move(packet), now);
  }
  auto const& from = *at->second;
  if (!from.proven && !from.closing() && from.buffered() > options_.max_unauthenticated)
    close(id, "an unauthenticated peer sends too much");
}

void hub::disconnected(connection_id id, moment now) {
  auto const at = connections_.find(id);
  if (at == connections_.end()) return;
  auto const places = at->second->sessions();
  for (auto const& place : places) {
    auto const session = sessions_.find(place);
    if (session == sessions_.end() || session->second.connection != id) continue;
    session->second.last_seen = now.steady;
    detach(session->second);
  }
  connections_.erase(id);
  ready_.erase(id);
}

/// What is said of a connection that is being closed already is no news.
void hub::close(connection_id id, std::string_view why) {
  if (connections_.at(id)->closing()) return;
  log(log_level::info, fmt::format("connection {} is closed: {}", id, why));
  connections_.at(id)->close();
  ready_.insert(id);
}

void hub::on_packet(connection_id id, transport::packet packet, moment now) {
  auto const key = mtproto::key_id_of(packet.payload);
  if (!key) return close(id, "a packet too short to be one");
  if (*key == 0) return on_plain_packet(id, packet.payload, now);
  on_encrypted_packet(id, std::move(packet), now);
}

void hub::on_plain_packet(connection_id id, bytes_view packet, moment now) {
  auto& from = *connections_.at(id);
  auto action = from.exchange().on_packet(packet, now);
  bool const refuses = std::holds_alternative<mtproto::server_handshake::refuse>(action);
  if (!refuses && ++from.steps <= max_steps) from.began = now.steady;
  if (auto* answer = std::get_if<mtproto::server_handshake::send>(&action))
    from.send_packet(answer->packet);
  if (auto* made = std::get_if<mtproto::server_handshake::established>(&action)) {
    from.send_packet(made->packet);
    store_key(from, std::move(*made), now);
    bool const closes = closing_exchanges_ > 0 && closing_exchanges_-- > 0;
    if (closes) close(id, "a test asked for it");
  }
  if (auto* refused = std::get_if<mtproto::server_handshake::refuse>(&action)) {
    from.send_error(refused->code);
    close(id, refused->reason);
  }
  ready_.insert(id);
}

void hub::store_key(hub_connection const& from, mtproto::server_handshake::established made,
                    moment now) {
  known_key fresh{.key = std::move(made.key), .dc = from.dc(), .made = made.created};
  fresh.last_used = unix_seconds(now);
  fresh.temporary = made.expires_in.has_value();
  if (made.expires_in) fresh.expires_at = end_of(made.created, *made.expires_in);
  auto const& kept = keys_.add(std::move(fresh));
  salts_of(from.dc()).adopt(made.salt, made.created);
  log(log_level::info, fmt::format("a {} key was made at data centre {}",
                                   kept.temporary ? "temporary" : "permanent", kept.dc));
}

/// All keys of a data centre share one schedule: mtcute keeps one list of salts for connections
/// that have a temporary key each.
mtproto::server_salts& hub::salts_of(int dc) {
  auto& salts = salts_[dc];
  if (!salts) salts = std::make_unique<mtproto::server_salts>(random_);
  return *salts;
}

void hub::on_encrypted_packet(connection_id id, transport::packet packet, moment now) {
  auto& from = *connections_.at(id);
  auto* key = keys_.find(from.dc(), *mtproto::key_id_of(packet.payload), unix_seconds(now));
  if (!key || denies(*key)) {
    from.send_error(unknown_key);
    return close(id, key ? "a test wants its key denied" : "its key is unknown");
  }
  std::optional<std::uint32_t> token;
  if (packet.wants_quick_ack) {
    auto plain = crypto::open(key->key, crypto::direction::to_server, packet.payload);
    if (plain) token = crypto::quick_ack_token(key->key, *plain);
  }
  auto message =
      mtproto::open_message(key->key, crypto::direction::to_server, std::move(packet.payload));
  if (!message) return close(id, make_error_code(message.error()).message());
  from.proven = true;
  keys_.touch(*key, unix_seconds(now));
  if (token) from.send_quick_ack(*token);
  if (is_tied_elsewhere(id, {key->dc, key->id(), message->header.session})) {
    bool const hangs_up = options_.roaming == session_roaming::hang_up;
    return hangs_up ? close(id, "its session began on another connection") : void();
  }
  auto& session = *find_session(id, *key, message->header.session, now);
  auto const place = session.place;
  auto events = session.machine.on_message(std::move(*message), now);
  if (!events) return close(id, make_error_code(events.error()).message());
  on_events(place, *events, now);
  if (auto const at = sessions_.find(place); at != sessions_.end()) settle(at->second, now);
  ready_.insert(id);
}

std::vector<connection_id> hub::take_ready() {
  std::vector<connection_id> out(ready_.begin(), ready_.end());
  ready_.clear();
  return out;
}

bytes hub::take_output(connection_id id, moment now) {
  auto const at = connections_.find(id);
  if (at == connections_.end()) return {};
  auto& to = *at->second;
  for (auto const& place : to.sessions()) {
    auto const session = sessions_.find(place);
    if (session == sessions_.end() || to.closing()) continue;
    while (to.output().size() < output_chunk) {
      auto const packet = session->second.machine.next_packet(now);
      if (!packet) break;
      to.send_packet(*packet);
    }
    set_deadline(session->second, now);
  }
  return std::exchange(to.output(), {});
}

bool hub::is_flooded(connection_id id) const {
  auto const at = connections_.find(id);
  if (at == connections_.end()) return false;
  if (at->second->output().size() > options_.max_queued) return true;
  auto const& places = at->second->sessions();
  return std::any_of(places.begin(), places.end(), [this](session_place const& place) {
    auto const session = sessions_.find(place);
    return session != sessions_.end() &&
           session->second.machine.waiting_bytes() > options_.max_queued;
  });
}

bool hub::is_over(connection_id id) const {
  auto const at = connections_.find(id);
  return at == connections_.end() || at->second->over;
}

bool hub::is_closing(connection_id id) const {
  auto const at = connections_.find(id);
  return at == connections_.end() || at->second->closing();
}

}  // namespace mtp::MTP_ABI::testing
