// SPDX-License-Identifier: MIT OR Apache-2.0
#include <algorithm>

#include "mtproto/client_machine.hpp"

namespace mtp::mtproto {
namespace {

using kind = sent_note::kind;

constexpr std::size_t most_messages = 1000;               // in a container; 1024 are allowed
constexpr std::size_t most_bytes = std::size_t{1} << 15;  // then no more are added
constexpr std::size_t most_notes = 500;                   // remembered
constexpr std::chrono::seconds note_lifetime{300};
constexpr std::int64_t salt_margin = 600;  // seconds before the last known one ends
constexpr std::int32_t salts_wanted = 64;

}  // namespace

std::int64_t client_session::machine::next_id(moment now) {
  return ids.next(clock.at(now), id_kind::from_client);
}

/// The server tells soon what it thinks of a message: what is old or beyond the limit is forgotten.
/// Ids do not tell the age, since the clock may have been corrected in between.
void client_session::machine::remember(std::int64_t id, sent_note note, moment now) {
  note.written = now.steady;
  sent[id] = std::move(note);
  auto const is_old = [&](sent_note const& one) {
    return one.written + note_lifetime < now.steady;
  };
  while (sent.size() > most_notes || is_old(sent.begin()->second)) sent.erase(sent.begin());
}

std::optional<packet_buffer> client_session::machine::next(moment now) {
  if (!connected) return std::nullopt;
  tick(now);
  std::vector<inner_message> messages;
  auto const* const first = requests.next_writable();
  bool const repeats = first && first->at == request::stage::again;
  gather_requests(messages, now);
  gather_resends(messages, now);
  gather_notes(messages, now);
  gather_ping(messages, now);
  if (!messages.empty() || acks_are_due(now)) gather_acks(messages, now);
  if (messages.empty()) return std::nullopt;
  return seal(std::move(messages), repeats, now);
}

/// Lets time do its work.
void client_session::machine::tick(moment now) {
  look_after(now);
  while (!questions.empty() && now.steady >= questions.front().until)
    give_up_question(questions.front().number);
  ask_for_states(now);
  ask_for_salts(now);
}

/// Finds requests that have waited long for their answer.
void client_session::machine::look_after(moment now) {
  while (!watches.empty()) {
    auto const first = watches.front();
    auto* const which = requests.find(first.handle);
    bool const waits = which && which->id == first.id && which->at == request::stage::sent;
    if (waits && first.when > now.steady) return;
    watches.pop_front();
    if (waits && which->question == 0 && !states_unsupported) to_ask.push_back(first.handle);
  }
}

void client_session::machine::ask_for_states(moment now) {
  if (to_ask.empty()) return;
  std::int64_t const number = ++last_question;
  std::vector<std::int64_t> asked;
  for (auto handle : std::exchange(to_ask, {})) {
    auto* const which = requests.find(handle);
    if (!which || which->at != request::stage::sent || which->question != 0) continue;
    if (states_unsupported || asked.size() >= service::most_ids) {
      requests.repeat(*which);
      continue;
    }
    which->question = number;
    asked.push_back(which->id);
  }
  if (asked.empty()) return;
  questions.push_back({now.steady + options.state_patience, number});
  auto body = service::write(schema::msgs_state_req{.msg_ids = asked});
  notes.push_back({std::move(body), {kind::state_request, std::move(asked), number}});
}

/// Salts are asked for when the end of the last is near or unknown, and not again and again when
/// that does not help.
void client_session::machine::ask_for_salts(moment now) {
  if (now.steady < salts_after) return;
  auto const left = salts.known_until() - clock.second_at(now) - salt_margin;
  if (left > 0) {
    salts_after = now.steady + std::chrono::seconds(std::min<std::int64_t>(left, 86400));
    return;
  }
  salts_after = now.steady + salts_pause;
  auto body = service::write(schema::get_future_salts{.num = salts_wanted});
  notes.push_back({std::move(body), {kind::future_salts, {}, 0}});
}

bool client_session::machine::acks_are_due(moment now) const {
  if (acks.empty()) return false;
  return acks.size() >= options.ack_at_once || now.steady >= first_ack + options.ack_delay;
}

void client_session::machine::gather_requests(std::vector<inner_message>& to, moment now) {
  std::size_t size = 0;
  while (to.size() < most_messages && size < most_bytes) {
    auto* const which = requests.next_writable();
    if (!which) return;
    bool const again = which->at == request::stage::again;
    auto const id = again ? which->id : next_id(now);
    if (!again && which->build)
      which->body = which->build({id, session, requests.last_id_of(which->after)});
    auto const number = again ? which->sequence : sequence.next(true);
    requests.on_written(*which, id, number);
    watches.push_back({now.steady + options.answer_patience, which->handle, id});
    size += which->body.size();
    to.push_back({id, number, which->body});
  }
}

void client_session::machine::write_note(std::vector<inner_message>& to, bytes body, sent_note note,
                                         moment now) {
  auto const id = next_id(now);
  to.push_back({id, sequence.next(false), std::move(body)});
  remember(id, std::move(note), now);
}

/// A packet may ask once, for so many.
void client_session::machine::gather_resends(std::vector<inner_message>& to, moment now) {
  if (to_resend.empty()) return;
  auto const count = static_cast<std::ptrdiff_t>(std::min(to_resend.size(), service::most_ids));
  std::vector<std::int64_t> const part(to_resend.begin(), to_resend.begin() + count);
  to_resend.erase(to_resend.begin(), to_resend.begin() + count);
  auto body = service::write(schema::msg_resend_req{.msg_ids = part});
  write_note(to, std::move(body), {kind::resend, part, 0}, now);
}

void client_session::machine::gather_notes(std::vector<inner_message>& to, moment now) {
  while (!notes.empty() && to.size() < most_messages) {
    auto next = std::move(notes.front());
    notes.pop_front();
    write_note(to, std::move(next.body), std::move(next.note), now);
  }
}

void client_session::machine::gather_ping(std::vector<inner_message>& to, moment now) {
  if (!pings.is_due(now.steady)) return;
  auto const delay = static_cast<std::int32_t>(options.disconnect_delay.count());
  auto const body = service::write(
      schema::ping_delay_disconnect{.ping_id = ++last_ping, .disconnect_delay = delay});
  pings.on_ping(last_ping, now.steady);
  write_note(to, body, {kind::ping, {}, last_ping}, now);
}

void client_session::machine::gather_acks(std::vector<inner_message>& to, moment now) {
  if (acks.empty()) return;
  auto const count = static_cast<std::ptrdiff_t>(std::min(acks.size(), service::most_ids));
  std::vector<std::int64_t> part(acks.begin(), acks.begin() + count);
  acks.erase(acks.begin(), acks.begin() + count);
  first_ack = now.steady;
  auto body = service::write(schema::msgs_ack{.msg_ids = part});
  write_note(to, std::move(body), {kind::acks, std::move(part), 0}, now);
}

/// One message goes alone, unless it goes out again: its old id may not be the packet's.
packet_buffer client_session::machine::seal(std::vector<inner_message> messages, bool must_contain,
                                            moment now) {
  message_header header{.salt = salts.at(clock.second_at(now)), .session = session};
  bytes body;
  if (messages.size() == 1 && !must_contain) {
    header.id = messages[0].id;
    header.sequence = messages[0].sequence;
    body = std::move(messages[0].body);
  } else {
    header.id = next_id(now);
    header.sequence = sequence.next(false);
    body = pack_container(messages);
    sent_note note{.what = kind::container};
    for (auto const& message : messages) {
      note.ids.push_back(message.id);
      if (auto* const which = requests.by_message(message.id)) which->container = header.id;
    }
    remember(header.id, std::move(note), now);
  }
  auto const padding = options.random_padding ? random_padding(random) : padding_blocks{};
  return {seal_message(key, crypto::direction::to_server, header, body, random, padding), 0};
}

}  // namespace mtp::mtproto
