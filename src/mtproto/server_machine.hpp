// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mtproto/unpack.hpp"

#include <mtp/mtproto/message_id.hpp>
#include <mtp/mtproto/server_session.hpp>

#include <deque>
#include <map>

namespace mtp::MTP_ABI::mtproto {

/// What became of a message of the client.
struct known_message {
  enum class stage { taken, running, answered, dropped };
  stage at = stage::taken;
  std::int32_t sequence = 0;
  std::int64_t answer = 0;  ///< the message that answers it
};

/// A message with content that the client has not acknowledged.
struct unacked_message {
  inner_message message = {};
  bool waits = true;         ///< to be written
  std::int64_t request = 0;  ///< that it answers; 0 when it is a push
};

/// The body of server_session. Its parts lie in server_session.cpp (what the owner calls),
/// server_receive.cpp, server_service.cpp (service messages) and server_send.cpp.
struct server_session::machine {
  using events = std::vector<server_event>;

  machine(crypto::auth_key k, std::int64_t s, server_salts& schedule, random_source& r,
          server_session_options o);

  std::chrono::nanoseconds time(moment now) const;
  std::int64_t second(moment now) const;

  // Receiving.
  result<events, protocol_errc> receive(encrypted_message message, moment now);
  bool refuse_packet(message_header const& header, bool container, moment now);
  std::int32_t fault_of_id(std::int64_t id, moment now) const;
  std::int32_t fault_of_part(inner_message const& part, message_header const& header,
                             bool container, moment now);
  std::int32_t fault_of_sequence(inner_message const& part) const;
  void announce(std::vector<inner_message> const& parts, moment now);
  void take(inner_message const& part, moment now);
  void take_again(inner_message const& part, known_message const& known, moment now);
  std::int32_t planned_rejection();
  void reject(std::int64_t id, std::int32_t sequence, std::int32_t code, moment now);
  void know(inner_message const& part);

  // Service messages.
  static bool can_be_read(bytes_view body);
  bool serve(inner_message const& part, moment now);
  template <class Object>
  bool serve_as(inner_message const& part, moment now);
  void on(std::int64_t message, schema::ping const& asked, moment now);
  void on(std::int64_t message, schema::ping_delay_disconnect const& asked, moment now);
  void on(std::int64_t message, schema::get_future_salts const& asked, moment now);
  void on(std::int64_t message, schema::msgs_state_req const& asked, moment now);
  void on(std::int64_t message, schema::msg_resend_req const& asked, moment now);
  void on(std::int64_t message, schema::rpc_drop_answer const& asked, moment now);
  void on(std::int64_t message, schema::msgs_ack const& said, moment now);
  void on(std::int64_t message, schema::destroy_session const& asked, moment now);
  void on(std::int64_t message, schema::destroy_auth_key const& asked, moment now);
  void send_states(std::int64_t request_id, bytes const& info, moment now);
  std::uint8_t state_of(std::int64_t id) const;

  // Sending.
  void send_result(std::int64_t request, bytes object, moment now);
  std::int64_t send_content(bytes body, id_kind kind, moment now);
  void send_note(bytes body, id_kind kind, moment now);
  void send_again(std::int64_t id);
  void send_all_again();
  void make_room();
  using unacked_messages = std::map<std::int64_t, unacked_message>;
  unacked_messages::iterator next_to_give_up();
  void forget(unacked_messages::iterator one);
  void give_up(unacked_messages::iterator one);
  void set_waiting(unacked_message& one, bool waits);
  bytes maybe_compressed(bytes_view object) const;
  std::optional<bytes> next(moment now);
  std::optional<bytes> build(moment now);
  void gather_content(std::vector<inner_message>& to);
  void gather_notes(std::vector<inner_message>& to);
  void gather_acks(std::vector<inner_message>& to, moment now);
  bytes seal(std::vector<inner_message> messages, moment now);
  bytes seal_wrongly(message_header header, bytes_view body);

  crypto::auth_key key;
  std::int64_t session;
  server_salts& salts;
  random_source& random;
  server_session_options options;
  server_faults faults;

  message_id_source ids;
  sequence_counter sequence;
  bool announced = false;
  bool connected = false;
  std::optional<steady_time> close_at;

  std::map<std::int64_t, known_message> known;  // messages of the client, the last of them
  std::int64_t known_before = 0;                // ids up to this one may be forgotten
  unacked_messages unacked;                     // ours with content
  std::size_t unacked_bytes = 0;                // of their bodies
  std::deque<std::int64_t> to_send;             // those that wait, and some that are gone
  std::deque<inner_message> notes;              // ours without content, written once
  std::size_t waiting_bytes = 0;                // of the bodies of notes and of those that wait
  std::vector<std::int64_t> acks;
  steady_time first_ack = {};
  std::optional<bytes> duplicate;
  events out;
};

}  // namespace mtp::MTP_ABI::mtproto
