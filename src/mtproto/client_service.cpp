// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages
#include <algorithm>

#include "mtproto/client_machine.hpp"

namespace mtp::mtproto {
namespace {

using kind = sent_note::kind;

/// What is rejected more often than that will never be accepted.
constexpr int most_rejections = 8;
/// An answer that much older than its question shows that our clock is ahead.
constexpr std::int64_t answer_before_question = 15;

/// So often we believe that the server has a request and no answer yet.
constexpr int most_received = 3;

/// What the server says of a message, and that it has an answer to it.
constexpr std::uint8_t state_mask = 7;
constexpr std::uint8_t state_received = 4;
constexpr std::uint8_t answer_exists = 64;

bool means_new_session(std::int32_t code) {
  switch (code) {
    case 17:  // our ids were too high
    case 18:
    case 19:
    case 64:  // ids or containers that are not right
    case 32:
    case 33:
    case 34:
    case 35: return true;  // numbers that are not right
    default: return false;
  }
}

/// Questions end with their answer, containers when their parts have arrived.
bool ends_with_acknowledgement(kind what) {
  switch (what) {
    case kind::acks:
    case kind::resend:
    case kind::drop_answer:
    case kind::other: return true;
    case kind::container:
    case kind::ping:
    case kind::future_salts:
    case kind::state_request: return false;
  }
  return false;
}

}  // namespace

void client_session::machine::on(inner_message& message, service::other&, moment) {
  out.push_back(event::update{std::move(message.body)});
}

void client_session::machine::on(inner_message& message, service::rpc_result& said, moment now) {
  // Our clock was ahead when we asked, and is still.
  auto const made = second_of(message.id);
  bool const was_ahead = made + answer_before_question < second_of(said.request);
  bool const is_ahead = made + answer_before_question < clock.second_at(now);
  if (was_ahead && is_ahead && is_under_way(said.request)) {
    clock.set(made, now);
    state_changed = true;
  }
  auto* const asked = requests.by_message(said.request);
  if (!asked) {
    if (said.refused) service_refused(said.request);
    return;
  }
  finish(*asked, std::move(said));
}

void client_session::machine::finish(request& which, service::rpc_result said) {
  if (!said.refused) return finish(which, std::move(said.object));
  out.push_back(event::refusal{which.handle, said.code, std::move(said.text)});
  requests.erase(which);
}

void client_session::machine::finish(request& which, bytes object) {
  out.push_back(event::answer{which.handle, std::move(object)});
  requests.erase(which);
}

/// Some functions of MTProto itself are answered without a wrapping.
bool client_session::machine::answer_bare(std::int64_t message_id, bytes& object) {
  auto* const asked = requests.by_message(message_id);
  if (asked) finish(*asked, std::move(object));
  return asked != nullptr;
}

/// Servers that do not know a service message may refuse it as if it were a request.
void client_session::machine::service_refused(std::int64_t message_id) {
  auto const found = sent.find(message_id);
  if (found == sent.end()) return;
  auto const note = found->second;
  sent.erase(found);
  if (note.what == kind::ping) pings.on_pong(note.value);
  if (note.what != kind::state_request) return;
  states_unsupported = true;
  while (!questions.empty()) give_up_question(questions.front().number);
}

void client_session::machine::on(inner_message&, schema::msgs_ack& said, moment) {
  for (auto id : said.msg_ids) {
    auto const found = sent.find(id);
    if (found != sent.end() && ends_with_acknowledgement(found->second.what)) sent.erase(found);
  }
}

/// Whether a message with this id was sent in this session and not yet renewed or decided.
bool client_session::machine::is_under_way(std::int64_t id) {
  auto const* const which = requests.by_message(id);
  bool const current = which && which->id == id && which->at != request::stage::queued;
  return current || sent.contains(id);
}

/// Check M11: what we did not send cannot be bad. Neither can what another rejection has renewed
/// already: that may have begun another session, which is not to blame.
void client_session::machine::on(inner_message& message, schema::bad_msg_notification& said,
                                 moment now) {
  if (!is_under_way(said.bad_msg_id)) return;
  if (said.error_code == 16 || said.error_code == 17) {
    clock.set(second_of(message.id), now);
    state_changed = true;
  }
  reject(said.bad_msg_id, false, now);
  if (!means_new_session(said.error_code)) return;
  start_new_session(now);
  if (said.error_code != 17) return;
  ids.restart();
  requests.forget_ids();
}

void client_session::machine::on(inner_message&, schema::bad_server_salt& said, moment now) {
  if (!is_under_way(said.bad_msg_id)) return;
  set_salt(said.new_server_salt, now);
  reject(said.bad_msg_id, true, now);
}

/// The message with this id did not count: what was in it goes out again. `unread`: the server
/// refused the packet around it and did not look at the message itself.
void client_session::machine::reject(std::int64_t id, bool unread, moment now) {
  if (auto* const which = requests.by_message(id)) {
    if (which->id == id) reject_request(*which, unread);
    return;
  }
  auto const found = sent.find(id);
  if (found == sent.end()) return;
  auto note = std::move(found->second);
  sent.erase(found);
  switch (note.what) {
    case kind::container:
      for (auto inner : note.ids) reject(inner, true, now);
      break;
    case kind::acks:
      for (auto acknowledged : note.ids) acknowledge(acknowledged, now);
      break;
    case kind::ping: pings.on_rejected(note.value, now.steady + after_rejection); break;
    case kind::future_salts: salts_after = now.steady + after_rejection; break;
    // Asking once more would take as long as writing the requests again, which is as safe.
    case kind::state_request: give_up_question(note.value); break;
    case kind::resend:
      return write_again(service::write(schema::msg_resend_req{.msg_ids = note.ids}), note);
    case kind::drop_answer:
      return write_again(service::write(schema::rpc_drop_answer{.req_msg_id = note.value}), note);
    case kind::other: break;
  }
}

/// Nobody waits for these: the server may refuse them for ever, we do not repeat them for ever.
void client_session::machine::write_again(bytes body, sent_note note) {
  if (++note.rejections <= most_rejections) notes.push_back({std::move(body), std::move(note)});
}

/// One that was written before may be running under its id, and keeps it.
void client_session::machine::reject_request(request& which, bool unread) {
  if (++which.rejections <= most_rejections)
    return unread && which.repeated ? requests.repeat(which) : requests.renew(which);
  abandon(which, protocol_errc::request_rejected);
}

void client_session::machine::set_salt(std::int64_t salt, moment now) {
  auto const second = clock.second_at(now);
  if (salts.at(second) == salt && !salts.all().empty()) return;
  salts.set_current(salt, second);
  salts_after = std::min(salts_after, now.steady + after_rejection);
  state_changed = true;
}

void client_session::machine::on(inner_message&, schema::new_session_created& said, moment now) {
  set_salt(said.server_salt, now);
  if (has_unique_id && unique_id == said.unique_id) return;
  has_unique_id = true;
  unique_id = said.unique_id;
  requests.each([&](request& one) {
    if (one.at == request::stage::queued) return;
    if (std::max(one.id, one.container) < said.first_msg_id) requests.renew(one);
  });
  out.push_back(event::session_created{said.first_msg_id, said.unique_id});
}

void client_session::machine::on(inner_message& message, schema::pong& said, moment) {
  pings.on_pong(said.ping_id);
  sent.erase(said.msg_id);
  answer_bare(said.msg_id, message.body);
}

/// Check M12: only what was asked for.
void client_session::machine::on(inner_message& message, schema::future_salts& said, moment now) {
  if (answer_bare(said.req_msg_id, message.body)) return;
  auto const found = sent.find(said.req_msg_id);
  if (found == sent.end() || found->second.what != kind::future_salts) return;
  sent.erase(found);
  std::vector<server_salt> more;
  for (auto const& one : said.salts) more.push_back({one.salt, one.valid_since, one.valid_until});
  auto const before = salts.known_until();
  salts.add(more, clock.second_at(now));
  state_changed = true;
  bool const helped = salts.known_until() > before;
  salts_pause = helped ? duration(std::chrono::seconds(60))
                       : std::min<duration>(salts_pause * 2, std::chrono::hours(1));
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

void client_session::machine::send_states(std::int64_t question, bytes const& info) {
  schema::msgs_state_info const told{.req_msg_id = question, .info = info};
  notes.push_back({service::write(told), {}});
}

void client_session::machine::on(inner_message&, schema::msgs_state_info& said, moment now) {
  auto const found = sent.find(said.req_msg_id);
  if (found == sent.end() || found->second.what != kind::state_request) return;
  auto const note = std::move(found->second);
  sent.erase(found);
  bytes_view const info = said.info;
  if (note.ids.size() != info.size()) return;
  std::erase_if(questions, [&](auto const& one) { return one.number == note.value; });
  for (std::size_t i = 0; i < info.size(); ++i) {
    auto* const which = requests.by_message(note.ids[i]);
    if (which && which->question == note.value) learn_state(*which, info[i], now);
  }
}

/// States that come by themselves count where the server is being asked for them.
void client_session::machine::on(inner_message&, schema::msgs_all_info& said, moment now) {
  bytes_view const info = said.info;
  if (said.msg_ids.size() != info.size()) return;
  std::size_t i = 0;
  for (auto id : said.msg_ids) {
    auto* const which = requests.by_message(id);
    bool const open = which && which->id == id && which->question != 0;
    if (open) learn_state(*which, info[i], now);
    ++i;
  }
}

/// Nobody told us: what was asked for is written again, under the same ids. What is told after that
/// counts no more, since it may be about the time before.
void client_session::machine::give_up_question(std::int64_t number) {
  std::erase_if(questions, [&](auto const& one) { return one.number == number; });
  requests.each([&](request& one) {
    if (one.question == number) requests.repeat(one);
  });
}

/// Lost messages go out again under a new id. One that has arrived is waited for; when its answer
/// exists and does not come, it is sent once more under its old id, which makes the server repeat
/// the answer and nothing else.
void client_session::machine::learn_state(request& which, std::uint8_t status, moment now) {
  which.question = 0;
  auto const state = status & state_mask;
  if (state != 0 && state < state_received) return requests.renew(which);
  int const patience = status & answer_exists ? 1 : most_received;
  if (which.received >= patience) return requests.repeat(which);
  ++which.received;
  watches.push_back({now.steady + options.answer_patience, which.handle, which.id});
}

void client_session::machine::on(inner_message&, schema::msg_detailed_info& said, moment now) {
  want(said.answer_msg_id, now);
}

void client_session::machine::on(inner_message&, schema::msg_new_detailed_info& said, moment now) {
  want(said.answer_msg_id, now);
}

/// The server has a message for us that it does not send by itself.
void client_session::machine::want(std::int64_t answer, moment now) {
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

void client_session::machine::on(inner_message& message, service::bare_answer& said, moment) {
  request* asked = nullptr;
  requests.each([&](request& one) {
    bool const fits = one.head == said.function && one.at == request::stage::sent;
    auto const call = service::read<schema::destroy_session>(one.body);
    bool const same = !said.session || (call && call->session_id == *said.session);
    if (fits && same && !asked) asked = &one;
  });
  if (asked) finish(*asked, std::move(message.body));
}

/// Everything that is not answered yet starts over under another session id. So does the ping: its
/// pong would come under the old one.
void client_session::machine::start_new_session(moment now) {
  previous_session = session;
  session = random.make<std::int64_t>();
  sequence = {};
  seen.clear();
  has_unique_id = false;
  unheard = 0;
  sent.clear();
  acks.clear();
  notes.clear();
  to_resend.clear();
  questions.clear();
  to_ask.clear();
  if (connected) pings.on_connected(now.steady + after_rejection);
  std::vector<request_handle> undecided;
  requests.each([&](request& one) {
    if (one.at == request::stage::queued) return;
    if (one.repeatable) return requests.renew(one);
    undecided.push_back(one.handle);
  });
  for (auto handle : undecided) abandon(*requests.find(handle), client_errc::outcome_unknown);
}

void client_session::machine::abandon(request& which, std::error_code why) {
  out.push_back(event::abandoned{which.handle, why});
  requests.erase(which);
}

}  // namespace mtp::mtproto
