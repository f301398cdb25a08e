// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/mtproto/client_session.hpp>
#include <mtp/mtproto/message_id.hpp>

#include <deque>
#include <map>

#include "mtproto/keepalive.hpp"
#include "mtproto/request_table.hpp"
#include "mtproto/seen_ids.hpp"
#include "mtproto/unpack.hpp"

namespace mtp::mtproto {

/// What a message was that carried no request.
struct sent_note {
  enum class kind {
    container,
    acks,
    ping,
    future_salts,
    state_request,
    resend,
    drop_answer,
    other
  };
  kind what = kind::other;
  std::vector<std::int64_t> ids =
      {};                  ///< of a container's parts, of what was acknowledged or asked for
  std::int64_t value = 0;  ///< the ping id, the dropped id, the number of the question
  int rejections = 0;      ///< how often it was written in vain
  steady_time written = {};
};

/// When to look whether a request has been answered.
struct watch {
  steady_time when = {};
  request_handle handle = {};
  std::int64_t id = 0;
};

/// The server was asked what became of requests, and should have answered by then.
struct open_question {
  steady_time until = {};
  std::int64_t number = 0;
};

/// A service message that waits to be written.
struct waiting_note {
  bytes body = {};
  sent_note note = {};
};

/// What the server rejected and nobody waits for is not repeated faster than that.
inline constexpr std::chrono::seconds after_rejection{1};

/// A message of the server and what it says.
struct read_message {
  inner_message message = {};
  service::server_message said = {};
};

/// The body of client_session. Its parts lie in client_session.cpp (what the owner calls),
/// client_receive.cpp, client_service.cpp (service messages) and client_send.cpp.
struct client_session::machine {
  using events = std::vector<session_event>;

  machine(std::shared_ptr<key_context> k, random_source& r, client_session_options o);

  // Receiving.
  result<events, protocol_errc> receive(bytes packet, moment now);
  result<std::vector<read_message>, protocol_errc> read_all(encrypted_message packet);
  void follow_clock(std::int64_t id, moment now);
  events take_late_answers(std::vector<read_message>& messages);
  bool is_new(read_message const& one, bool late, moment now);
  bool may_be_repeated(read_message const& one);
  void acknowledge(std::int64_t id, moment now);

  // One for each kind of service message.
  void on(inner_message& message, service::other&, moment now);
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

  void finish(request& which, service::rpc_result said);
  void finish(request& which, bytes object);
  bool answer_bare(std::int64_t message_id, bytes& object);
  void service_refused(std::int64_t message_id);
  void reject(std::int64_t id, bool unread, moment now);
  void reject_request(request& which, bool unread);
  void write_again(bytes body, sent_note note);
  void want(std::int64_t answer, moment now);
  void send_states(std::int64_t question, bytes const& info);
  void learn_state(request& which, std::uint8_t status, moment now);
  void give_up_question(std::int64_t number);
  void start_new_session(moment now);
  void abandon(request& which, std::error_code why);
  void set_salt(std::int64_t salt, moment now);
  bool is_under_way(std::int64_t id);

  // Sending.
  std::optional<packet_buffer> next(moment now);
  void tick(moment now);
  void look_after(moment now);
  void ask_for_states(moment now);
  void ask_for_salts(moment now);
  bool acks_are_due(moment now) const;
  void gather_requests(std::vector<inner_message>& out, moment now);
  void gather_acks(std::vector<inner_message>& out, moment now);
  void gather_resends(std::vector<inner_message>& out, moment now);
  void gather_notes(std::vector<inner_message>& out, moment now);
  void gather_ping(std::vector<inner_message>& out, moment now);
  void write_note(std::vector<inner_message>& out, bytes body, sent_note note, moment now);
  packet_buffer seal(std::vector<inner_message> messages, bool must_contain, moment now);
  std::int64_t next_id(moment now);
  void remember(std::int64_t id, sent_note note, moment now);

  std::shared_ptr<key_context> shared;
  crypto::auth_key const& key;
  server_clock& clock;
  salt_list& salts;
  random_source& random;
  client_session_options options;

  std::int64_t session = 0;
  std::int64_t previous_session = 0;  // its last packets may still arrive
  message_id_source ids;
  sequence_counter sequence;
  seen_ids seen{1000};
  std::int64_t unique_id = 0;
  bool has_unique_id = false;

  bool connected = false;
  bool synchronised = false;  // since the connection began
  bool heard = false;         // anything since the connection began
  int unheard = 0;            // connections in a row on which nothing was heard

  request_table requests;
  std::map<std::int64_t, sent_note> sent;  // by message id, the last of them
  std::deque<watch> watches;
  std::vector<request_handle> to_ask;
  std::deque<open_question> questions;  // in order
  std::int64_t last_question = 0;
  bool states_unsupported = false;

  std::vector<std::int64_t> to_resend;  // messages of the server that we want again
  std::vector<std::int64_t> acks;
  steady_time first_ack = {};
  std::deque<waiting_note> notes;
  keepalive pings;
  std::int64_t last_ping = 0;

  steady_time salts_after = {};  // not asked for before
  duration salts_pause = std::chrono::seconds(60);

  events out;
  bool state_changed = false;
  bool updates_missed = false;  // some came and could not be used
};

}  // namespace mtp::mtproto
