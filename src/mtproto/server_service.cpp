// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages
#include "mtproto/message_state.hpp"
#include "mtproto/server_machine.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

using stage = known_message::stage;

// What msgs_state_info says of a message.
constexpr std::uint8_t forgotten = 1;
constexpr std::uint8_t not_received = 2;
constexpr std::uint8_t not_yet = 3;
constexpr std::uint8_t being_processed = 32;

template <class Object>
bool is_whole(bytes_view body) {
  return service::read<Object>(body).has_value();
}

}  // namespace

/// False for a service message that is cut short or followed by something; others are not read.
bool server_session::machine::can_be_read(bytes_view body) {
  switch (wire::constructor_of(body)) {
    case schema::ping::tl_id: return is_whole<schema::ping>(body);
    case schema::ping_delay_disconnect::tl_id: return is_whole<schema::ping_delay_disconnect>(body);
    case schema::get_future_salts::tl_id: return is_whole<schema::get_future_salts>(body);
    case schema::msgs_state_req::tl_id: return is_whole<schema::msgs_state_req>(body);
    case schema::msgs_state_info::tl_id: return is_whole<schema::msgs_state_info>(body);
    case schema::msgs_all_info::tl_id: return is_whole<schema::msgs_all_info>(body);
    case schema::msg_resend_req::tl_id: return is_whole<schema::msg_resend_req>(body);
    case schema::msgs_ack::tl_id: return is_whole<schema::msgs_ack>(body);
    case schema::rpc_drop_answer::tl_id: return is_whole<schema::rpc_drop_answer>(body);
    case schema::destroy_session::tl_id: return is_whole<schema::destroy_session>(body);
    case schema::http_wait::tl_id: return is_whole<schema::http_wait>(body);
    default: return true;
  }
}

template <class Object>
bool server_session::machine::serve_as(inner_message const& part, moment now) {
  if (auto const object = service::read<Object>(part.body)) on(part.id, *object, now);
  return true;
}

/// True when the message was the session's own business.
bool server_session::machine::serve(inner_message const& part, moment now) {
  switch (wire::constructor_of(part.body)) {
    case schema::ping::tl_id: return serve_as<schema::ping>(part, now);
    case schema::ping_delay_disconnect::tl_id:
      return serve_as<schema::ping_delay_disconnect>(part, now);
    case schema::get_future_salts::tl_id: return serve_as<schema::get_future_salts>(part, now);
    case schema::msgs_state_req::tl_id: return serve_as<schema::msgs_state_req>(part, now);
    case schema::msg_resend_req::tl_id: return serve_as<schema::msg_resend_req>(part, now);
    case schema::rpc_drop_answer::tl_id: return serve_as<schema::rpc_drop_answer>(part, now);
    case schema::msgs_ack::tl_id: return serve_as<schema::msgs_ack>(part, now);
    case schema::destroy_session::tl_id: return serve_as<schema::destroy_session>(part, now);
    case schema::destroy_auth_key::tl_id: return serve_as<schema::destroy_auth_key>(part, now);
    case schema::http_wait::tl_id:
    case schema::msgs_state_info::tl_id:
    case schema::msgs_all_info::tl_id: return true;
    default: return false;
  }
}

void server_session::machine::on(std::int64_t message, schema::ping const& asked, moment now) {
  schema::pong const pong{.msg_id = message, .ping_id = asked.ping_id};
  send_note(service::write(pong), id_kind::answer, now);
}

void server_session::machine::on(std::int64_t message, schema::ping_delay_disconnect const& asked,
                                 moment now) {
  close_at = now.steady + std::chrono::seconds(asked.disconnect_delay);
  on(message, schema::ping{.ping_id = asked.ping_id}, now);
}

void server_session::machine::on(std::int64_t message, schema::get_future_salts const& asked,
                                 moment now) {
  std::vector<schema::future_salt> all;
  for (auto const& one : salts.future(asked.num, second(now)))
    all.push_back(
        {.valid_since = one.valid_since, .valid_until = one.valid_until, .salt = one.salt});
  schema::future_salts const told{
      .req_msg_id = message, .now = static_cast<std::int32_t>(second(now)), .salts = all};
  send_note(service::write(told), id_kind::answer, now);
}

void server_session::machine::on(std::int64_t, schema::msgs_ack const& said, moment) {
  for (auto acknowledged : said.msg_ids) {
    auto const found = unacked.find(acknowledged);
    if (found != unacked.end()) forget(found);
  }
}

void server_session::machine::on(std::int64_t message, schema::destroy_session const& asked,
                                 moment) {
  out.push_back(server_events::destroy_session{message, asked.session_id});
}

void server_session::machine::on(std::int64_t message, schema::destroy_auth_key const&, moment) {
  out.push_back(server_events::destroy_key{message});
}

std::uint8_t server_session::machine::state_of(std::int64_t message) const {
  auto const found = known.find(message);
  if (found == known.end()) {
    if (known.empty() || message > known.rbegin()->first) return not_yet;
    bool const lost = message < known.begin()->first || message <= known_before;
    return lost ? forgotten : not_received;
  }
  switch (found->second.at) {
    case stage::running: return state_received | being_processed;
    case stage::answered: return state_received | answer_exists;
    case stage::taken:
    case stage::dropped: break;
  }
  return state_received;
}

void server_session::machine::on(std::int64_t message, schema::msgs_state_req const& asked,
                                 moment now) {
  bytes info;
  for (auto one : asked.msg_ids) info.push_back(state_of(one));
  send_states(message, info, now);
}

void server_session::machine::send_states(std::int64_t request_id, bytes const& info, moment now) {
  schema::msgs_state_info const told{.req_msg_id = request_id, .info = info};
  send_note(service::write(told), id_kind::answer, now);
}

/// What is known goes out again; of the rest the state is told.
void server_session::machine::on(std::int64_t message, schema::msg_resend_req const& asked,
                                 moment now) {
  bytes info;
  bool all = true;
  for (auto one : asked.msg_ids) {
    bool const have = unacked.contains(one);
    if (have) send_again(one);
    info.push_back(have ? state_received : forgotten);
    all = all && have;
  }
  if (!all) send_states(message, info, now);
}

/// https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query
void server_session::machine::on(std::int64_t message, schema::rpc_drop_answer const& asked,
                                 moment now) {
  auto const request = asked.req_msg_id;
  auto reply = [&](auto const& object) { send_result(message, service::write(object), now); };
  auto const found = known.find(request);
  known[message].at = stage::running;  // it has an answer of its own
  if (found == known.end()) return reply(schema::rpc_answer_unknown{});
  auto& dropped = found->second;
  auto const answer = unacked.find(dropped.answer);
  if (dropped.at == stage::running) {
    send_result(request, service::write(schema::rpc_answer_dropped_running{}), now);
    dropped.at = stage::dropped;
    out.push_back(server_events::dropped{request});
    return reply(schema::rpc_answer_dropped_running{});
  }
  if (dropped.at != stage::answered || answer == unacked.end())
    return reply(schema::rpc_answer_unknown{});
  auto const& ready = answer->second.message;
  auto const size = static_cast<std::int32_t>(ready.body.size());
  schema::rpc_answer_dropped const told{dropped.answer, ready.sequence, size};
  forget(answer);
  dropped.at = stage::dropped;
  reply(told);
}

}  // namespace mtp::MTP_ABI::mtproto
