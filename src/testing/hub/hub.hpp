// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_executor.hpp"
#include "hub_connection.hpp"

#include <mtp/core/log.hpp>
#include <mtp/testing/key_choice.hpp>
#include <mtp/testing/session_roaming.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace mtp::MTP_ABI::testing {

struct hub_options {
  transport::detector_options transports = {};
  mtproto::server_handshake_options exchange = {};
  mtproto::server_session_options sessions = {};
  std::size_t max_sessions_per_key = 512;
  std::size_t max_lost_session = 1000;             ///< pushes that wait for a lost session
  std::size_t max_unacknowledged = 50'000;         ///< pushes that wait for any session
  std::size_t max_queued = std::size_t{16} << 20;  ///< bytes of answers before reading pauses
  std::size_t max_unauthenticated = std::size_t{2} << 20;  ///< bytes of a packet before that
  duration handshake_timeout =
      std::chrono::seconds(60);  ///< for an unauthenticated peer's next step to a key
  duration idle_timeout = std::chrono::minutes(15);    ///< without a single byte
  duration closing_timeout = std::chrono::seconds(3);  ///< for a peer to read what is left
  /// Without a connection. Clients refuse messages that are older than 300 seconds: a session must
  /// be gone before that, so that they hear of a new one and fetch what they missed.
  duration session_lifetime = std::chrono::minutes(4);
  session_roaming roaming = session_roaming::free;
};

/// Everything between the bytes of connections and the API: transports, key exchange, sessions,
/// and who gets which push. Decides; performs no I/O and reads no clock.
///
/// The driver reports connections, bytes and the passing of time, then writes what take_output()
/// gives for every connection that take_ready() names.
/// Threads: not thread-safe.
class hub {
 public:
  /// Lifetime: all arguments must outlive the hub.
  hub(crypto::rsa_private_key const& key, key_ring& keys, call_executor& api, random_source& random,
      hub_options options = {}, log_sink log = {});

  /// A client connected to that address.
  connection_id open(dc_address where, moment now);
  connection_id open(int dc, moment now) { return open(dc_address{.id = dc}, now); }
  void receive(connection_id id, bytes_view data, moment now);
  void disconnected(connection_id id, moment now);
  void tick(moment now);
  std::optional<steady_time> next_deadline() const;

  /// Connections that have something to write, or are to be closed. Each is named once.
  std::vector<connection_id> take_ready();
  /// The next bytes to write; empty when there are none.
  bytes take_output(connection_id id, moment now);
  /// True when so much waits to be written that no more should be read.
  bool is_flooded(connection_id id) const;
  /// True when the connection is to be closed once its output is written.
  bool is_closing(connection_id id) const;
  /// True when it has been closing for long enough: it is to be broken off, also in mid-writing.
  bool is_over(connection_id id) const;

  /// Sends what has happened in the world to those who must hear of it. The session whose call
  /// made it happen hears of its own account's share by the answer.
  void deliver_events(moment now, std::optional<session_place> origin = {});

  // What a test may do to clients.
  void close_all();
  /// Closes connections on which a key was made, the next `times`.
  void close_after_exchange(int times) { closing_exchanges_ = times; }
  void forget_sessions();
  void rotate_salts(moment now);
  /// Forgets one thing about each of the chosen keys; returns how many those are.
  std::size_t forget(remembered what, key_choice const& whose, moment now);
  /// Answers the next `times` packets (all, when negative) under each of the chosen keys with error
  /// -404, although the keys are good; returns how many those are.
  std::size_t deny_keys(key_choice const& whose, int times);
  /// Returns how many permanent keys those are.
  std::size_t duplicate_keys(key_choice const& whose);
  /// Writes a bare error frame, as anybody on the way can, on the connections of the account
  /// (0: on all), which stay open; returns how many those are.
  std::size_t inject_error(std::int32_t code, std::int64_t account);
  /// Writes the answers that were held.
  void release_answers(moment now);
  /// Lets `change` write to the faults of every session of `user` (0: of everybody).
  void for_each_session(std::int64_t user, std::function<void(hub_session&)> const& change);
  /// Connected sessions that get the account's updates.
  std::size_t listeners(std::int64_t account) const;
  std::size_t connections() const { return connections_.size(); }
  std::size_t sessions() const { return sessions_.size(); }
  hub_options& options() { return options_; }

 private:
  struct late_answer {
    steady_time due = {};
    session_place place = {};
    std::int64_t message_id = 0;
    outcome<bytes> object = bytes{};
    std::int64_t query = 0;
  };
  void on_packet(connection_id id, transport::packet packet, moment now);
  void on_plain_packet(connection_id id, bytes_view packet, moment now);
  void on_encrypted_packet(connection_id id, transport::packet packet, moment now);
  void store_key(hub_connection const& from, mtproto::server_handshake::established made,
                 moment now);
  hub_session* find_session(connection_id id, known_key& key, std::int64_t session, moment now);
  void make_room(known_key const& key);
  void attach(hub_session& session, connection_id id, moment now);
  void detach(hub_session& session);
  void forget_of_key(remembered what, int dc, std::int64_t id, moment now);
  void drop_sessions(int dc, std::int64_t key);
  static bool denies(known_key& key);
  bool is_tied_elsewhere(connection_id id, session_place place) const;
  void conclude(session_place place, std::int64_t message_id, call_answer answer, moment now);
  void forget_after(session_place place, remembered what, moment now);
  hub_connection* connection_of(hub_session const& session);
  void on_events(session_place place, std::vector<mtproto::server_event> const& events, moment now);
  void on_event(hub_session& session, known_key& key, mtproto::server_event const& e, moment now);
  void on_call(hub_session& session, known_key& key,
               mtproto::server_events::incoming_call const& call, moment now);
  void finish(hub_session& session, std::int64_t message_id, outcome<bytes> const& object,
              moment now);
  void destroy_session(hub_session& session, mtproto::server_events::destroy_session const& e,
                       moment now);
  void destroy_key(hub_session& session, known_key const& key, std::int64_t message_id, moment now);
  std::map<session_place, hub_session>::iterator drop_session(
      std::map<session_place, hub_session>::iterator at);
  void close(connection_id id, std::string_view why);
  void settle(hub_session& session, moment now);
  void set_deadline(hub_session& session, moment now);
  void tick_sessions(moment now);
  void tick_connections(moment now);
  void close_lingering(connection_id id, hub_connection& closing, moment now);
  std::optional<bytes> render_push(account_event const& event, std::optional<int> layer);
  void push(account_event const& event, moment now, std::optional<session_place> origin);
  void push(key_notice const& notice, moment now);
  void end_wait(query_answer answer, moment now);
  std::optional<int> layer_of(hub_session const& session);
  std::int64_t account_of(session_place place, moment now);
  void flush(hub_session& session, moment now);
  mtproto::server_salts& salts_of(int dc);
  void log(log_level level, std::string_view line) const;

  crypto::rsa_private_key const& key_;
  key_ring& keys_;
  call_executor& api_;
  random_source& random_;
  hub_options options_;
  log_sink log_;
  connection_id last_connection_ = 0;
  std::map<connection_id, std::unique_ptr<hub_connection>> connections_;
  std::map<session_place, hub_session> sessions_;
  std::map<int, std::unique_ptr<mtproto::server_salts>> salts_;  // by data centre
  std::set<std::pair<steady_time, session_place>> deadlines_;
  std::map<std::int64_t, std::set<session_place>> listeners_;  // by account
  std::vector<late_answer> late_;
  std::vector<late_answer> held_;  // until a test releases them
  std::unordered_set<connection_id> ready_;
  int closing_exchanges_ = 0;
  steady_time next_sweep_ = {};
  steady_time next_key_sweep_ = {};
};

}  // namespace mtp::MTP_ABI::testing
