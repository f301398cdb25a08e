// SPDX-License-Identifier: MIT OR Apache-2.0
// What became of requests that wait for their answer.
// https://core.telegram.org/mtproto/service_messages_about_messages
//
// A call that may not be executed twice goes out again only when the server certainly did not
// receive it: it says so (2 and 3), or it rejected the message. "Unknown" (1) is no such thing, nor
// is a session that the server began anew: the one before may have executed what it was sent.
#include "mtproto/client_machine.hpp"
#include "mtproto/message_state.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

/// So often we believe that the server has a request and no answer yet.
constexpr int max_received = 3;
/// So many state_requests about a request that may not be repeated can remain without an answer.
constexpr int max_unanswered = 3;
/// Questions that are due within this time are asked together.
constexpr std::chrono::seconds ask_tick{2};
/// No server takes a packet with an older id; in seconds. The documented limit is 300.
constexpr std::int64_t id_lifetime = 330;

}  // namespace

void client_session::machine::watch_over(request const& which, moment now) {
  watches.push_back({now.steady + options.answer_timeout, which.handle, which.id});
}

/// Finds requests that have waited long for their answer.
void client_session::machine::look_after(moment now) {
  bool asking = false;
  while (!watches.empty()) {
    auto const first = watches.front();
    auto* const which = requests.find(first.handle);
    bool const waits = which && which->id == first.id && which->at == request::stage::sent;
    if (waits && first.when > now.steady + (asking ? ask_tick : duration::zero())) return;
    watches.pop_front();
    if (!waits || which->state_request != 0 || states_unsupported) continue;
    to_ask.push_back(first.handle);
    asking = true;
  }
}

/// Asks in as few messages as possible.
void client_session::machine::request_states(moment now) {
  if (to_ask.empty()) return;
  std::vector<request_handle> part;
  for (auto handle : std::exchange(to_ask, {})) {
    auto* const which = requests.find(handle);
    if (!which || which->at != request::stage::sent || which->state_request != 0) continue;
    part.push_back(handle);
    if (part.size() == service::max_ids) request_states(std::exchange(part, {}), now);
  }
  if (!part.empty()) request_states(std::move(part), now);
}

/// A server that does not know the request gets none; what it was to be asked about is decided as
/// if it did not answer.
void client_session::machine::request_states(std::vector<request_handle> calls, moment now) {
  std::int64_t const number = ++last_state_request;
  std::vector<std::int64_t> named;
  for (auto handle : calls) {
    auto& which = *requests.find(handle);
    which.state_request = number;
    named.push_back(which.id);
  }
  state_requests.push_back({now.steady + options.state_timeout, number, std::move(calls)});
  if (states_unsupported) return;
  auto body = service::write(schema::msgs_state_req{.msg_ids = named});
  queued.push_back(
      {std::move(body), {.what = kind::state_request, .ids = std::move(named), .value = number}});
}

void client_session::machine::on(inner_message&, schema::msgs_state_info& said, moment now) {
  auto const* const asked = sent.find(said.req_msg_id);
  if (!asked || asked->what != kind::state_request) return;
  auto const note = sent.take(said.req_msg_id);
  bytes_view const info = said.info;
  if (note.ids.size() != info.size()) return;
  for (auto& one : state_requests) {
    if (one.number == note.value) one.calls.clear();
  }
  for (std::size_t i = 0; i < info.size(); ++i) {
    auto* const which = requests.by_message(note.ids[i]);
    if (which && which->state_request == note.value) on_message_state(*which, info[i], now);
  }
}

/// States that come by themselves count where the server is being asked for them.
void client_session::machine::on(inner_message&, schema::msgs_all_info& said, moment now) {
  bytes_view const info = said.info;
  if (said.msg_ids.size() != info.size()) return;
  std::size_t i = 0;
  for (auto id : said.msg_ids) {
    auto* const which = requests.by_message(id);
    bool const open = which && which->id == id && which->state_request != 0;
    if (open) on_message_state(*which, info[i], now);
    ++i;
  }
}

/// A request that has arrived is waited for; when its answer exists and does not come, it is sent
/// once more under its old id, which makes the server repeat the answer and nothing else.
void client_session::machine::on_message_state(request& which, std::uint8_t status, moment now) {
  which.state_request = 0;
  which.unanswered = 0;
  auto const state = status & state_mask;
  if (state != 0 && state < state_received) return on_not_received(which, state != 1, now);
  which.orphaned = false;
  int const max_confirmations = status & answer_exists ? 1 : max_received;
  if (which.received >= max_confirmations) return requests.repeat(which);
  ++which.received;
  watch_over(which, now);
}

/// Under its old id a request is executed once, even when the server received it by now or will
/// receive it late; what is older than any packet that a server takes goes out under a new one.
void client_session::machine::on_not_received(request& which, bool certain, moment now) {
  if (which.repeatable)
    return requests.renew(which, certain ? renewal::not_executed : renewal::repeatable);
  if (!certain || which.orphaned) return abandon(which, client_errc::outcome_unknown);
  auto const packet = std::max(which.id, which.container);
  bool const recent = second_of(packet) + id_lifetime > clock.second_at(now);
  if (recent) return requests.repeat(which);
  requests.renew(which, renewal::not_executed);
}

/// Nobody told us, or the request was rejected. What is told after that counts no more, since it
/// may be about the time before.
void client_session::machine::on_state_request_unanswered(std::int64_t number, bool rejected,
                                                          moment now) {
  state_request over;
  for (auto& one : state_requests) {
    if (one.number == number) over.calls = std::exchange(one.calls, {});
  }
  if (!state_requests.empty() && state_requests.front().number == number)
    state_requests.pop_front();
  for (auto handle : over.calls) {
    auto* const which = requests.find(handle);
    if (!which || which->state_request != number) continue;
    which->state_request = 0;
    on_state_unknown(*which, rejected, now);
  }
}

/// What may be repeated is, under the same id. The rest is asked for again: at once, when its
/// connection or its session is gone, and not without end.
void client_session::machine::on_state_unknown(request& which, bool rejected, moment now) {
  if (which.repeatable) return requests.repeat(which);
  bool const gone = which.orphaned || which.connection != connection;
  bool const enough = states_unsupported || ++which.unanswered >= max_unanswered;
  if (!enough && (gone || rejected)) return to_ask.push_back(which.handle);
  if (gone) return abandon(which, client_errc::outcome_unknown);
  if (!states_unsupported) watch_over(which, now);
}

/// What we know of the server's own messages.
void client_session::machine::on(inner_message& message, schema::msgs_state_req& said, moment) {
  bytes info;
  for (auto id : said.msg_ids) {
    std::uint8_t status = state_received;
    if (!seen.has(id)) status = id > seen.highest() ? 3 : id < seen.lowest() ? 1 : 2;
    info.push_back(status);
  }
  send_states(message.id, info);
}

void client_session::machine::send_states(std::int64_t request_id, bytes const& info) {
  schema::msgs_state_info const told{.req_msg_id = request_id, .info = info};
  queued.push_back({service::write(told), {}});
}

void client_session::machine::on(inner_message&, schema::msg_detailed_info& said, moment now) {
  request_resend(said.answer_msg_id, now);
}

void client_session::machine::on(inner_message&, schema::msg_new_detailed_info& said, moment now) {
  request_resend(said.answer_msg_id, now);
}

/// The server has a message for us that it does not send by itself.
void client_session::machine::request_resend(std::int64_t answer, moment now) {
  if (seen.has(answer)) return acknowledge(answer, now);
  to_resend.push_back(answer);
}

/// What still waits for an answer is written again; of the rest nothing is kept.
void client_session::machine::on(inner_message& message, schema::msg_resend_req& said, moment) {
  bytes info;
  for (auto id : said.msg_ids) {
    auto* const which = requests.by_message(id);
    bool const have = which && which->id == id;
    if (have) requests.repeat(*which);
    info.push_back(have ? state_received : 1);
  }
  if (std::all_of(info.begin(), info.end(), [](auto s) { return s == state_received; })) return;
  send_states(message.id, info);
}

}  // namespace mtp::MTP_ABI::mtproto
