// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/mtproto/client_handshake.hpp>
#include <mtp/mtproto/client_session.hpp>
#include <mtp/transport/framing.hpp>
#include <support/seeded_random.hpp>

#include <testing/hub/hub.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace mtp::test {

/// A client that hands its bytes straight to a hub: no sockets, no threads, no real time.
class memory_client {
 public:
  memory_client(testing::hub& server, crypto::rsa_public_key const& trusted, int dc = 2,
                transport::kind kind = transport::kind::abridged)
      : memory_client(server, trusted, testing::dc_address{.id = dc}, kind) {}
  memory_client(testing::hub& server, crypto::rsa_public_key const& trusted,
                testing::dc_address where, transport::kind kind = transport::kind::abridged)
      : address(std::move(where)),
        wire_dc(address.options.media_only ? -address.id : address.id),
        server_(server),
        trusted_(trusted),
        kind_(kind) {
    connect();
  }

  testing::dc_address address;  ///< where connect() connects
  std::int32_t wire_dc;         ///< what the key exchange names
  bool name_dc = true;          ///< whether it names any

  moment now{steady_time(std::chrono::hours(1)),
             std::chrono::system_clock::time_point(std::chrono::seconds(1'800'000'000))};
  std::vector<mtproto::session_event> events;
  std::vector<std::int32_t> errors;  ///< transport errors
  std::vector<std::uint32_t> quick_acks;
  bool closed = false;
  /// Hears of each event.
  std::function<void(mtproto::session_event const&)> on_event = {};
  /// Gets the packets of the server instead of the session.
  std::function<void(bytes)> on_raw_packet = {};
  std::int64_t salt = 0;  ///< as agreed in the key exchange
  /// How long it works on each step of a key exchange.
  duration pondering = {};

  void connect() {
    closed = false;
    framing_ = transport::make_framing(kind_, transport::role::client, random_);
    connection_ = server_.open(address, now);
    if (session_) session_->on_connected(now);
  }

  void disconnect() {
    server_.disconnected(connection_, now);
    if (session_) session_->on_disconnected();
    closed = true;
  }

  bool begins_session = true;  ///< with the key that it made
  /// Makes a key. Afterwards a session is there.
  bool shake_hands(std::chrono::seconds expires_in = std::chrono::seconds(0)) {
    session_.reset();
    key_ = {};
    handshake_.emplace(std::vector{trusted_}, random_,
                       mtproto::client_handshake_options{
                           .dc = wire_dc, .expires_in = expires_in, .name_dc = name_dc});
    perform(handshake_->start(now));
    run();
    return key_.id() != 0;
  }

  /// A fresh session under a key that was made elsewhere.
  void begin_session(crypto::auth_key const& key, std::int64_t first_salt = 0) {
    key_ = key;
    salt = first_salt;
    mtproto::client_session_state state;
    state.salts = {{.salt = first_salt}};
    session_.emplace(std::make_shared<mtproto::key_context>(key_, std::move(state)), random_);
    session_->on_connected(now);
  }

  mtproto::client_session& session() { return *session_; }
  crypto::auth_key const& key() const { return key_; }
  /// What the session writes next, which must be there; nobody hears it.
  bytes next_packet() {
    auto const packet = session_->next_packet(now).value();
    auto const all = packet.view();
    return {all.begin(), all.end()};
  }
  mtproto::request_handle ask(bytes body) {
    auto const handle = session_->submit(std::move(body));
    run();
    return handle;
  }

  /// Sends bytes as they are.
  void send_raw(bytes_view data) {
    server_.receive(connection_, data, now);
    run();
  }
  void send_packet(bytes_view packet, bool quick_ack = false) {
    bytes out;
    framing_->encode(packet, out, {.quick_ack = quick_ack});
    send_raw(out);
  }

  /// Moves bytes to and fro until nobody has anything to say.
  void run() {
    for (bool busy = true; busy;) {
      busy = false;
      while (session_ && !closed) {
        auto const packet = session_->next_packet(now);
        if (!packet) break;
        bytes out;
        framing_->encode(packet->view(), out);
        server_.receive(connection_, out, now);
        busy = true;
      }
      busy = take() || busy;
    }
  }

  /// Takes what the server wrote; true when there was something.
  bool take() {
    server_.take_ready();
    auto const data = server_.take_output(connection_, now);
    if (!closed && data.empty() && server_.is_closing(connection_)) {
      disconnect();
      return false;
    }
    framing_->feed(data);
    while (true) {
      auto next = framing_->next();
      if (!next || !*next) break;
      if (auto* packet = std::get_if<transport::packet>(&**next))
        on_packet(std::move(packet->payload));
      if (auto* error = std::get_if<transport::transport_error>(&**next))
        errors.push_back(error->code);
      if (auto* ack = std::get_if<transport::quick_ack>(&**next)) quick_acks.push_back(ack->token);
    }
    return !data.empty();
  }

  void wait(duration span) {
    now = now.after(span);
    server_.tick(now);
    run();
  }

  template <class Event>
  std::vector<Event> all() const {
    std::vector<Event> out;
    for (auto const& e : events) {
      if (auto const* one = std::get_if<Event>(&e)) out.push_back(*one);
    }
    return out;
  }

 private:
  void perform(mtproto::client_handshake::action action) {
    if (auto* packet = std::get_if<mtproto::client_handshake::send>(&action))
      send_packet(packet->packet);
    if (auto* made = std::get_if<mtproto::client_handshake::done>(&action)) {
      key_ = made->key;
      salt = made->salt;
      if (begins_session) begin_session(made->key, made->salt);
    }
  }

  void on_packet(slice packet) {
    if (on_raw_packet && key_.id() != 0) return on_raw_packet(packet.to_bytes());
    if (!session_) {
      now = now.after(pondering);
      server_.tick(now);
      perform(handshake_->on_packet(packet, now));
      return;
    }
    auto brought = session_->on_packet(std::move(packet), now);
    if (!brought) {
      closed = true;
      return;
    }
    events.insert(events.end(), brought->begin(), brought->end());
    for (auto const& event : *brought)
      if (on_event) on_event(event);
  }

  testing::hub& server_;
  crypto::rsa_public_key trusted_;
  transport::kind kind_;
  random_source& random_ = system_random();
  std::unique_ptr<transport::framing> framing_;
  testing::connection_id connection_ = 0;
  std::optional<mtproto::client_handshake> handshake_;
  std::optional<mtproto::client_session> session_;
  crypto::auth_key key_;
};

}  // namespace mtp::test
