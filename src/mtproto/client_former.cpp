// SPDX-License-Identifier: MIT OR Apache-2.0
// A session that was given up. What may be executed twice is written again in the next session at
// once. The server is asked what became of the rest, in the session where it was sent; when it does
// not say that in time, nobody knows. What it did not receive is written once more there, under the
// id it has: a copy may still be on its way over another connection, and then runs instead.
#include "mtproto/client_machine.hpp"
#include "mtproto/message_state.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

/// On so many connections the server is asked.
constexpr int max_rounds = 3;

}  // namespace

/// Everything that is not answered yet starts over under another session id. So does the ping: its
/// pong would come under the old one.
void client_session::machine::begin_session(moment now) {
  decide_former();
  former = {.id = session, .ids = ids, .sequence = sequence};
  session = random.make<std::int64_t>();
  sequence = {};
  seen.clear();
  has_unique_id = false;
  unheard = 0;
  sent.clear();
  acks.clear();
  queued.clear();
  to_resend.clear();
  state_requests.clear();
  watches.clear();
  to_ask.clear();
  states_unsupported = false;
  if (connected) pings.on_connected(now.steady + after_rejection);
  for (auto handle : requests.begin_session()) {
    auto& one = *requests.find(handle);
    if (one.at != request::stage::undecided) continue;
    if (one.repeatable) {
      requests.renew(one, renewal::repeatable);
    } else {
      former.undecided.push_back(handle);
    }
  }
  former.until = now.steady + options.state_timeout;
}

/// Another connection is there.
void client_session::machine::request_former_states_again(moment now) {
  if (former.undecided.empty()) return;
  if (++former.rounds > max_rounds) return decide_former();
  former.asked = 0;
  former.not_received.clear();
  former.state_requests.clear();
  former.until = now.steady + options.state_timeout;
}

/// The next packet of the former session; empty when nothing is left to say there.
std::optional<packet_buffer> client_session::machine::next_former(moment now) {
  auto request = request_former_states(now);
  return request ? std::move(request) : repeat_former(now);
}

/// The request about what is undecided; empty when it has been asked.
std::optional<packet_buffer> client_session::machine::request_former_states(moment now) {
  if (former.asked == former.undecided.size()) return std::nullopt;
  std::vector<std::int64_t> request = {former.ids.next(clock.at(now), id_kind::from_client)};
  for (; former.asked < former.undecided.size(); ++former.asked) {
    auto const* const which = requests.find(former.undecided[former.asked]);
    bool const open = which && which->at == request::stage::undecided;
    if (open) request.push_back(which->id);
    if (request.size() > service::max_ids) break;
  }
  if (request.size() == 1) return std::nullopt;
  schema::msgs_state_req const asked{
      .msg_ids = std::vector<std::int64_t>(request.begin() + 1, request.end())};
  plan.add(request.front(), former.sequence.next(false), service::write(asked));
  former.state_requests.push_back(std::move(request));
  message_header const header{.salt = salts.at(clock.second_at(now)), .session = former.id};
  return plan.seal(key, header, false, random, padding::to_step);
}

/// What the server did not receive, as much as one packet holds.
std::optional<packet_buffer> client_session::machine::repeat_former(moment now) {
  if (former.not_received.empty()) return std::nullopt;
  message_header const header{.salt = salts.at(clock.second_at(now)),
                              .session = former.id,
                              .id = former.ids.next(clock.at(now), id_kind::from_client),
                              .sequence = former.sequence.next(false)};
  for (auto& waiting = former.not_received; !waiting.empty(); waiting.pop_front()) {
    auto* const which = requests.find(waiting.front());
    if (!which || which->at != request::stage::undecided) continue;
    if (!has_room(which->body.size(), max_packet_size)) break;
    plan.add(which->id, which->sequence, bytes_view(which->body));
    which->container = header.id;
    which->repeated = true;
  }
  if (plan.empty()) return std::nullopt;
  former.until = now.steady + options.answer_timeout;
  return plan.seal(key, header, true, random, padding::to_step);
}

/// What a server that has forgotten the session says of its messages means nothing, so that comes
/// first.
void client_session::machine::on_former(std::vector<read_message>& messages, moment now) {
  for (auto const& one : messages) {
    auto const* const anew = std::get_if<schema::new_session_created>(&one.said);
    if (anew) on_former_forgotten(anew->first_msg_id);
  }
  for (auto& one : messages) on_former(one, now);
}

/// Of the former session answers count, what was rejected there, and what the server says of it.
void client_session::machine::on_former(read_message& one, moment now) {
  if (auto* const said = std::get_if<service::rpc_result>(&one.said)) {
    auto* const asked = requests.by_former_message(said->request);
    if (asked) on_result(*asked, *said);
  } else if (auto* const states = std::get_if<schema::msgs_state_info>(&one.said)) {
    on_former_states(*states, now);
  } else if (auto* const bad = std::get_if<schema::bad_msg_notification>(&one.said)) {
    on_former_rejected(bad->bad_msg_id, false);
  } else if (auto* const salt = std::get_if<schema::bad_server_salt>(&one.said)) {
    set_salt(salt->new_server_salt, now);
    on_former_rejected(salt->bad_msg_id, true);
    bool const ours = std::any_of(former.state_requests.begin(), former.state_requests.end(),
                                  [&](auto const& q) { return q.front() == salt->bad_msg_id; });
    if (ours) request_former_states_again(now);
  }
}

/// What was rejected was not executed; of what was written more than once that is not certain. It
/// is written again when the server did not look at it (`unread`).
void client_session::machine::on_former_rejected(std::int64_t id, bool unread) {
  bool const all_asked = former.asked == former.undecided.size();
  for (auto handle : std::exchange(former.undecided, {})) {
    auto* const which = requests.find(handle);
    if (!which || which->at != request::stage::undecided) continue;
    bool const meant = which->id == id || which->container == id;
    if (meant && !which->repeated) {
      requests.renew(*which, renewal::not_executed);
      continue;
    }
    former.undecided.push_back(handle);
    bool const again = meant && unread && ++which->rejections <= max_rejections;
    if (again) former.not_received.push_back(handle);
  }
  former.asked = all_asked ? former.undecided.size() : 0;
}

void client_session::machine::on_former_states(schema::msgs_state_info const& said, moment now) {
  auto const request =
      std::find_if(former.state_requests.begin(), former.state_requests.end(),
                   [&](auto const& one) { return one.front() == said.req_msg_id; });
  bytes_view const info = said.info;
  if (request == former.state_requests.end() || request->size() != info.size() + 1) return;
  for (std::size_t i = 0; i < info.size(); ++i) {
    auto* const which = requests.by_former_message((*request)[i + 1]);
    if (which && which->at == request::stage::undecided) on_former_state(*which, info[i]);
  }
  former.until = now.steady + options.answer_timeout;  // for the answers of what was received
}

/// What was received is waited for: its answer comes under the former session.
void client_session::machine::on_former_state(request& which, std::uint8_t status) {
  auto const state = status & state_mask;
  if (state == 1) return abandon(which, client_errc::outcome_unknown);
  bool const missing = state > 1 && state < state_received;
  if (missing) former.not_received.push_back(which.handle);
}

/// The server has forgotten what came before this message.
void client_session::machine::on_former_forgotten(std::int64_t first) {
  for (auto handle : former.undecided) {
    auto* const which = requests.find(handle);
    bool const open = which && which->at == request::stage::undecided;
    if (open && std::max(which->id, which->container) < first)
      abandon(*which, client_errc::outcome_unknown);
  }
}

/// Nobody will say more.
void client_session::machine::decide_former() {
  for (auto handle : std::exchange(former.undecided, {})) {
    auto* const which = requests.find(handle);
    bool const open = which && which->at == request::stage::undecided;
    if (open) abandon(*which, client_errc::outcome_unknown);
  }
  former.state_requests.clear();
  former.not_received.clear();
  former.asked = 0;
}

}  // namespace mtp::MTP_ABI::mtproto
