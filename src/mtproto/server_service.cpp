// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages
#include <algorithm>

#include "mtproto/server_machine.hpp"

namespace mtp::mtproto {
namespace {

using service::id;
using service::start;
using stage = known_message::stage;

// What msgs_state_info says of a message.
constexpr std::uint8_t forgotten = 1;
constexpr std::uint8_t not_received = 2;
constexpr std::uint8_t not_yet = 3;
constexpr std::uint8_t received = 4;
constexpr std::uint8_t being_processed = 32;
constexpr std::uint8_t answer_exists = 64;

}  // namespace

/// True when the message was the session's own business.
bool server_session::machine::serve(inner_message const& part, moment now) {
  wire::reader in(bytes_view(part.body).subspan(4));
  switch (service::id_of(part.body)) {
    case id::ping: serve_ping(part, in, false, now); return true;
    case id::ping_delay_disconnect: serve_ping(part, in, true, now); return true;
    case id::get_future_salts: serve_salts(part, in, now); return true;
    case id::msgs_state_req: serve_states(part, in, now); return true;
    case id::msg_resend_req: serve_resend(part, in, now); return true;
    case id::rpc_drop_answer: serve_drop(part, in, now); return true;
    case id::msgs_ack: serve_acks(in); return true;
    case id::destroy_session:
      out.push_back(event::destroy_session{part.id, in.number<std::int64_t>()});
      return true;
    case id::destroy_auth_key: out.push_back(event::destroy_key{part.id}); return true;
    case id::http_wait:
    case id::msgs_state_info:
    case id::msgs_all_info: return true;
    default: return false;
  }
}

void server_session::machine::serve_ping(inner_message const& part, wire::reader in,
                                         bool with_delay, moment now) {
  auto const ping = in.number<std::int64_t>();
  if (with_delay) close_at = now.steady + std::chrono::seconds(in.number<std::int32_t>());
  send_note(start(id::pong).number(part.id).number(ping).take(), id_kind::answer, now);
}

void server_session::machine::serve_salts(inner_message const& part, wire::reader in, moment now) {
  auto const all = salts.future(in.number<std::int32_t>(), second(now));
  auto body = start(id::future_salts).number(part.id);
  body.number(static_cast<std::int32_t>(second(now)))
      .number(static_cast<std::uint32_t>(all.size()));
  for (auto const& one : all) body.number(one.valid_since).number(one.valid_until).number(one.salt);
  send_note(body.take(), id_kind::answer, now);
}

std::uint8_t server_session::machine::state_of(std::int64_t message) const {
  auto const found = known.find(message);
  if (found == known.end()) {
    if (known.empty() || message > known.rbegin()->first) return not_yet;
    return message < known.begin()->first ? forgotten : not_received;
  }
  switch (found->second.at) {
    case stage::running: return received | being_processed;
    case stage::answered: return received | answer_exists;
    case stage::taken:
    case stage::dropped: break;
  }
  return received;
}

void server_session::machine::serve_states(inner_message const& part, wire::reader in, moment now) {
  bytes info;
  for (auto asked : in.ids()) info.push_back(state_of(asked));
  send_note(start(id::msgs_state_info).number(part.id).string(info).take(), id_kind::answer, now);
}

/// What is known goes out again; of the rest the state is told.
void server_session::machine::serve_resend(inner_message const& part, wire::reader in, moment now) {
  bytes info;
  bool all = true;
  for (auto asked : in.ids()) {
    bool const have = unacked.contains(asked);
    if (have) send_again(asked);
    info.push_back(have ? received : forgotten);
    all = all && have;
  }
  if (all) return;
  send_note(start(id::msgs_state_info).number(part.id).string(info).take(), id_kind::answer, now);
}

/// https://core.telegram.org/mtproto/service_messages#cancellation-of-an-rpc-query
void server_session::machine::serve_drop(inner_message const& part, wire::reader in, moment now) {
  auto const request = in.number<std::int64_t>();
  auto const found = known.find(request);
  known[part.id].at = stage::running;  // it has an answer of its own
  if (found == known.end()) return send_result(part.id, start(id::rpc_answer_unknown).take(), now);
  auto& dropped = found->second;
  auto const answer = unacked.find(dropped.answer);
  if (dropped.at == stage::running) {
    send_result(request, start(id::rpc_answer_dropped_running).take(), now);
    dropped.at = stage::dropped;
    out.push_back(event::dropped{request});
    return send_result(part.id, start(id::rpc_answer_dropped_running).take(), now);
  }
  if (dropped.at != stage::answered || answer == unacked.end())
    return send_result(part.id, start(id::rpc_answer_unknown).take(), now);
  auto body = start(id::rpc_answer_dropped).number(dropped.answer).number(answer->second.sequence);
  body.number(static_cast<std::uint32_t>(answer->second.body.size()));
  unacked.erase(answer);
  dropped.at = stage::dropped;
  send_result(part.id, body.take(), now);
}

void server_session::machine::serve_acks(wire::reader in) {
  for (auto acknowledged : in.ids()) unacked.erase(acknowledged);
}

}  // namespace mtp::mtproto
