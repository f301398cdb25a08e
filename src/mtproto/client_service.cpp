// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages
#include "mtproto/client_machine.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

using kind = sent_service_message::kind;

/// An answer that much older than its request shows that our clock is ahead.
constexpr std::int64_t answer_before_question = 15;

/// Questions end with their answer, containers when their parts have arrived.
bool ends_with_acknowledgement(kind what) {
  switch (what) {
    case kind::acks:
    case kind::resend:
    case kind::drop_answer:
    case kind::other: return true;
    case kind::none:
    case kind::container:
    case kind::ping:
    case kind::future_salts:
    case kind::state_request: return false;
  }
  return false;
}

}  // namespace

void client_session::machine::on(inner_message& message, service::other&, moment) {
  out.push_back(session_events::pushed_object{std::move(message.body)});
}

/// It may have been an update.
void client_session::machine::on(inner_message&, service::unreadable& what, moment) {
  if (what.may_be_update) updates_missed = true;
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
  if (asked) return on_result(*asked, said);
  if (said.refused) on_service_refused(said.request);
}

/// What was refused because its predecessor was not there under the id that it named goes out
/// again, or has.
void client_session::machine::on_result(request& which, service::rpc_result& said) {
  bool const ignored = std::any_of(
      which.earlier.begin(), which.earlier.end(),
      [&](earlier_id const& one) { return one.id == said.request && one.ignores_refusals; });
  if (ignored && (said.refused || said.failed)) return;
  if (said.failed) return abandon(which, *said.failed);
  finish(which, std::move(said));
}

void client_session::machine::finish(request& which, service::rpc_result said) {
  if (!said.refused) return finish(which, std::move(said.object));
  out.push_back(session_events::refusal{which.handle, said.code, std::move(said.text)});
  requests.erase(which);
}

void client_session::machine::finish(request& which, slice object) {
  out.push_back(session_events::answer{which.handle, std::move(object)});
  requests.erase(which);
}

void client_session::machine::abandon(request& which, std::error_code why) {
  out.push_back(session_events::abandoned{which.handle, why});
  requests.erase(which);
}

/// Some functions of MTProto itself are answered without a wrapping.
bool client_session::machine::answer_bare(std::int64_t message_id, slice& object) {
  auto* const asked = requests.by_message(message_id);
  if (asked) finish(*asked, std::move(object));
  return asked != nullptr;
}

/// Servers that do not know a service message may refuse it as if it were a request.
void client_session::machine::on_service_refused(std::int64_t message_id) {
  auto const note = sent.take(message_id);
  if (note.what == kind::ping) pings.on_pong(note.value);
  if (note.what != kind::state_request) return;
  states_unsupported = true;
  for (auto& one : state_requests) one.until = steady_time::min();
}

void client_session::machine::on(inner_message&, schema::msgs_ack& said, moment) {
  for (auto id : said.msg_ids) {
    auto const* const found = sent.find(id);
    if (found && ends_with_acknowledgement(found->what)) sent.take(id);
  }
}

/// Up to which id messages were written before the one with which the server began the session. One
/// that was repeated may have begun it when it was written last.
std::int64_t client_session::machine::begin_of_session(std::int64_t first_message) {
  auto const* const first = requests.by_message(first_message);
  bool const repeated = first && first->id == first_message && first->repeated;
  return repeated ? std::max(first_message, first->container) : first_message;
}

/// What was sent before the server began the session anew is not in it. Whether the session before
/// executed it nobody knows; where that matters, the server is asked whether it has it after all.
/// The first message may be an old one that came late: then what was sent on connections before
/// this one is in doubt whatever its id.
void client_session::machine::on(inner_message&, schema::new_session_created& said, moment now) {
  set_salt(said.server_salt, now);
  if (has_unique_id && unique_id == said.unique_id) return;
  has_unique_id = true;
  unique_id = said.unique_id;
  auto const begin = begin_of_session(said.first_msg_id);
  requests.each([&](request& one) {
    bool const before = std::max(one.id, one.container) < begin;
    bool const in_doubt = !one.repeatable && one.connection != connection;
    if (!one.is_under_way() || !(before || in_doubt)) return;
    if (one.repeatable) return requests.renew(one, renewal::repeatable);
    requests.wait(one);
    one.orphaned = true;
    one.state_request = 0;
    to_ask.push_back(one.handle);
  });
  out.push_back(session_events::session_created{said.first_msg_id, said.unique_id});
}

void client_session::machine::on(inner_message& message, schema::pong& said, moment) {
  pings.on_pong(said.ping_id);
  sent.take(said.msg_id);
  answer_bare(said.msg_id, message.body);
}

/// Check M12: only what was asked for.
void client_session::machine::on(inner_message& message, schema::future_salts& said, moment now) {
  if (answer_bare(said.req_msg_id, message.body)) return;
  auto const* const asked = sent.find(said.req_msg_id);
  if (!asked || asked->what != kind::future_salts) return;
  sent.take(said.req_msg_id);
  std::vector<server_salt> more;
  for (auto const& one : said.salts) more.push_back({one.salt, one.valid_since, one.valid_until});
  auto const before = salts.known_until();
  salts.add(more, clock.second_at(now));
  state_changed = true;
  awaits_salts = false;
  shared->next_salts.on_answered(salts.known_until() > before);
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

}  // namespace mtp::MTP_ABI::mtproto
