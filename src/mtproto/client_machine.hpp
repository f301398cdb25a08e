// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "mtproto/keepalive.hpp"
#include "mtproto/outgoing_packet.hpp"
#include "mtproto/request_table.hpp"
#include "mtproto/seen_ids.hpp"
#include "mtproto/sent_service_messages.hpp"
#include "mtproto/unpack.hpp"

#include <mtp/mtproto/client_session.hpp>
#include <mtp/mtproto/message_id.hpp>

namespace mtp::MTP_ABI::mtproto {

/// When to look whether a request has been answered.
struct watch {
  steady_time when = {};
  request_handle handle = {};
  std::int64_t id = 0;
};

/// The server was asked what became of requests, and should have answered by then.
struct state_request {
  steady_time until = {};
  std::int64_t number = 0;
  std::vector<request_handle> calls = {};
};

/// The session before this one, while the server may still say what became of what was sent in it.
struct former_session {
  std::int64_t id = 0;  ///< 0: there was none
  message_id_source ids = {};
  sequence_counter sequence = {};
  std::vector<request_handle> undecided = {};  ///< in order
  std::size_t asked = 0;                       ///< of them, on this connection
  std::vector<std::vector<std::int64_t>> state_requests =
      {};                                        ///< the id of each, then what it named
  flat_queue<request_handle> not_received = {};  ///< to be written once more
  steady_time until = {};                        ///< then it is decided without an answer
  int rounds = 0;
};

/// What the server rejected and nobody waits for is not repeated faster than that.
inline constexpr std::chrono::seconds after_rejection{1};

/// What is rejected more often than that will never be accepted.
inline constexpr int max_rejections = 8;

/// A packet with so many bytes of bodies takes no further message.
inline constexpr std::size_t max_packet_size = std::size_t{1} << 15;

/// A message of the server and what it says.
struct read_message {
  inner_message message = {};
  service::server_message said = {};
};

/// The body of client_session. Its parts lie in client_session.cpp (what the owner calls),
/// client_receive.cpp, client_service.cpp (what the server says), client_rejections.cpp,
/// client_states.cpp (what became of requests), client_former.cpp (a session that was given up),
/// client_send.cpp and client_requests.cpp (what goes into a packet).
struct client_session::machine {
  using events = std::vector<session_event>;
  using kind = sent_service_message::kind;

  machine(std::shared_ptr<key_context> k, random_source& r, client_session_options o);

  // Receiving.
  result<events, protocol_errc> receive(slice packet, moment now);
  result<std::vector<read_message>, protocol_errc> read_all(encrypted_message packet,
                                                            bool of_session);
  result<void, protocol_errc> read_one(inner_message message, bool of_session, std::size_t& room,
                                       std::vector<read_message>& into);
  void follow_clock(std::int64_t id, moment now);
  bool is_new(read_message const& one, bool late, moment now);
  bool may_be_repeated(read_message const& one);
  void acknowledge(std::int64_t id, moment now);
  events finish_receiving();

  // One for each kind of service message.
  void on(inner_message& message, service::other&, moment now);
  void on(inner_message& message, service::unreadable&, moment now);
  void on(inner_message& message, service::rpc_result& said, moment now);
  void on(inner_message& message, schema::msgs_ack& said, moment now);
  void on(inner_message& message, schema::bad_msg_notification& said, moment now);
  void on(inner_message& message, schema::bad_server_salt& said, moment now);
  void on(inner_message& message, schema::new_session_created& said, moment now);
  void on(inner_message& message, schema::pong& said, moment now);
  void on(inner_message& message, schema::future_salts& said, moment now);
  void on(inner_message& message, schema::msgs_state_req& said, moment now);
  void on(inner_message& message, schema::msgs_state_info& said, moment now);
  void on(inner_message& message, schema::msgs_all_info& said, moment now);
  void on(inner_message& message, schema::msg_detailed_info& said, moment now);
  void on(inner_message& message, schema::msg_new_detailed_info& said, moment now);
  void on(inner_message& message, schema::msg_resend_req& said, moment now);
  void on(inner_message& message, service::bare_answer& said, moment now);

  // The ends of requests.
  void finish(request& which, service::rpc_result said);
  void finish(request& which, slice object);
  void abandon(request& which, std::error_code why);
  void on_result(request& which, service::rpc_result& said);
  bool answer_bare(std::int64_t message_id, slice& object);
  void on_service_refused(std::int64_t message_id);
  std::int64_t begin_of_session(std::int64_t first_message);

  // Rejections.
  bool is_under_way(std::int64_t id);
  void reject(std::int64_t id, bool unread, moment now);
  void reject_container(sent_service_message const& container, moment now);
  void reject_request(request& which, bool unread);
  void send_again(bytes body, sent_service_message note);
  void set_salt(std::int64_t salt, moment now);

  // What became of requests.
  void look_after(moment now);
  void request_states(moment now);
  void request_states(std::vector<request_handle> calls, moment now);
  void on_message_state(request& which, std::uint8_t status, moment now);
  void on_not_received(request& which, bool certain, moment now);
  void on_state_request_unanswered(std::int64_t number, bool rejected, moment now);
  void on_state_unknown(request& which, bool rejected, moment now);
  void watch_over(request const& which, moment now);
  void request_resend(std::int64_t answer, moment now);
  void send_states(std::int64_t request_id, bytes const& info);

  // Another session.
  void begin_session(moment now);
  void on_former(std::vector<read_message>& messages, moment now);
  void on_former(read_message& one, moment now);
  void on_former_states(schema::msgs_state_info const& said, moment now);
  void on_former_state(request& which, std::uint8_t status);
  void on_former_rejected(std::int64_t id, bool unread);
  void on_former_forgotten(std::int64_t first);
  void decide_former();
  void request_former_states_again(moment now);
  std::optional<packet_buffer> next_former(moment now);
  std::optional<packet_buffer> request_former_states(moment now);
  std::optional<packet_buffer> repeat_former(moment now);

  // Sending.
  std::optional<packet_buffer> next(moment now);
  bool has_to_write(moment now);
  void tick(moment now);
  void request_salts(moment now);
  bool acks_are_due(moment now) const;
  bool acks_may_ride(moment now) const;
  bool is_quiet(moment now) const;
  bool is_long_request_next();
  bool add_ping(moment now);
  void add_service_messages(moment now);
  void add_resends(moment now);
  void add_acks(moment now);
  void add_requests(moment now);
  void add_small(moment now);
  void add_from(lane which, std::size_t limit, moment now);
  void add_bulk(moment now);
  bool add_request(request& which, moment now);
  bool build(request& which, std::int64_t id);
  void set_body(request& which, slice body) const;
  bool has_room(std::size_t size, std::size_t limit) const;
  void add_service(bytes body, sent_service_message note, moment now);
  packet_buffer seal(moment now);
  std::int64_t next_id(moment now);
  void remember(std::int64_t id, sent_service_message note, moment now);

  std::shared_ptr<key_context> shared;
  crypto::auth_key const& key;
  server_clock& clock;
  salt_list& salts;
  random_source& random;
  client_session_options options;

  std::int64_t session = 0;
  former_session former;
  message_id_source ids;
  sequence_counter sequence;
  seen_ids seen{1000};
  std::int64_t unique_id = 0;
  bool has_unique_id = false;

  bool connected = false;
  std::uint32_t connection = 0;  // its number
  bool synchronised = false;     // since the connection began
  bool heard = false;            // anything since the connection began
  int unheard = 0;               // connections in a row on which nothing was heard

  request_table requests;
  sent_service_messages sent;
  flat_queue<watch> watches;
  std::vector<request_handle> to_ask;
  flat_queue<state_request> state_requests;  // in order
  std::int64_t last_state_request = 0;
  bool states_unsupported = false;

  std::vector<std::int64_t> to_resend;  // messages of the server that we want again
  std::vector<std::int64_t> acks;
  steady_time first_ack = {};
  flat_queue<queued_service_message> queued;
  keepalive pings;
  std::int64_t last_ping = 0;
  bool allows_long_packets = false;        // the last ping did
  std::optional<steady_time> quiet_since;  // requests are under way and nothing came
  duration quiet_timeout = {};             // then the connection is tried

  bool awaits_salts = false;  // this session asked, and was not answered

  outgoing_packet plan;
  std::vector<std::int64_t> plan_repeats;  // the requests in it that were written before
  std::int64_t plan_first = 0;             // the first new id in it
  int since_bulk = 0;                      // packets without bulk while some waited

  events out;
  bool state_changed = false;
  bool updates_missed = false;  // some came and could not be used
};

}  // namespace mtp::MTP_ABI::mtproto
