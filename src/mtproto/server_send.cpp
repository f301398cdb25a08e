// SPDX-License-Identifier: MIT OR Apache-2.0
#include "mtproto/server_machine.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::size_t max_answers = 1000;
constexpr std::size_t max_content = 900;  // of these
constexpr std::size_t max_bytes = std::size_t{1} << 17;
constexpr std::size_t least_padding = 12;

}  // namespace

bytes server_session::machine::maybe_compressed(bytes_view object) const {
  if (options.compress_from == 0 || object.size() < options.compress_from)
    return bytes(object.begin(), object.end());
  return service::deflate(object);
}

/// Answers are for calls that run; what was dropped or answered needs none.
void server_session::machine::send_result(std::int64_t request, bytes object, moment now) {
  auto const found = known.find(request);
  if (found == known.end() || found->second.at != known_message::stage::running) return;
  std::erase(acks, request);  // the answer says as much
  auto body = service::write_rpc_result(request, object);
  found->second.at = known_message::stage::answered;
  found->second.answer = send_content(std::move(body), id_kind::answer, now);
  unacked.at(found->second.answer).request = request;
}

std::int64_t server_session::machine::send_content(bytes body, id_kind kind, moment now) {
  auto const id = ids.next(time(now), kind);
  unacked_bytes += body.size();
  waiting_bytes += body.size();
  unacked[id] = {{id, sequence.next(true), std::move(body)}};
  to_send.push_back(id);
  make_room();
  return id;
}

void server_session::machine::make_room() {
  while (unacked.size() > options.max_unacknowledged ||
         unacked_bytes > options.max_unacknowledged_bytes) {
    auto const oldest = next_to_give_up();
    if (oldest == unacked.end()) return;
    give_up(oldest);
  }
}

/// The client may not have got it. Should it ask for the answer again, its call begins anew.
void server_session::machine::give_up(unacked_messages::iterator one) {
  known.erase(one->second.request);
  forget(one);
}

/// The oldest that was written, or the oldest push: an answer that is never written would leave the
/// client waiting.
server_session::machine::unacked_messages::iterator server_session::machine::next_to_give_up() {
  auto const written = std::find_if(unacked.begin(), unacked.end(),
                                    [](auto const& one) { return !one.second.waits; });
  if (written != unacked.end()) return written;
  return std::find_if(unacked.begin(), unacked.end(), [](auto const& one) {
    return one.first % 4 == static_cast<std::int64_t>(id_kind::push);
  });
}

void server_session::machine::forget(unacked_messages::iterator one) {
  set_waiting(one->second, false);
  unacked_bytes -= one->second.message.body.size();
  unacked.erase(one);
  if (to_send.size() > 2 * unacked.size() + 100)
    std::erase_if(to_send, [this](auto id) { return !unacked.contains(id); });
}

void server_session::machine::set_waiting(unacked_message& one, bool waits) {
  if (one.waits == waits) return;
  one.waits = waits;
  auto const size = one.message.body.size();
  waiting_bytes = waits ? waiting_bytes + size : waiting_bytes - size;
}

void server_session::machine::send_note(bytes body, id_kind kind, moment now) {
  waiting_bytes += body.size();
  notes.push_back({ids.next(time(now), kind), sequence.next(false), std::move(body)});
}

void server_session::machine::send_again(std::int64_t id) {
  auto const found = unacked.find(id);
  if (found == unacked.end() || found->second.waits) return;
  set_waiting(found->second, true);
  to_send.push_back(id);
}

/// Another connection begins: in the order in which they were made.
void server_session::machine::send_all_again() {
  to_send.clear();
  for (auto& [id, one] : unacked) {
    set_waiting(one, true);
    to_send.push_back(id);
  }
}

std::optional<bytes> server_session::machine::next(moment now) {
  if (!connected) return std::nullopt;
  if (duplicate) return std::exchange(duplicate, std::nullopt);
  if (std::exchange(faults.repeat_messages, false)) send_all_again();
  auto packet = build(now);
  while (packet && faults.lose_packets > 0) {
    --faults.lose_packets;
    packet = build(now);
  }
  if (packet && faults.duplicate_packets > 0) {
    --faults.duplicate_packets;
    duplicate = packet;
  }
  return packet;
}

std::optional<bytes> server_session::machine::build(moment now) {
  std::vector<inner_message> messages;
  gather_content(messages);
  gather_notes(messages);
  gather_acks(messages, now);
  if (messages.empty()) return std::nullopt;
  return seal(std::move(messages), now);
}

void server_session::machine::gather_content(std::vector<inner_message>& to) {
  std::size_t size = 0;
  while (!to_send.empty() && to.size() < max_content && size < max_bytes) {
    auto const next = unacked.find(to_send.front());
    to_send.pop_front();
    if (next == unacked.end()) continue;
    set_waiting(next->second, false);
    size += next->second.message.body.size();
    to.push_back(next->second.message);
  }
}

/// There is always room for some: a pong that waits behind content looks like silence.
void server_session::machine::gather_notes(std::vector<inner_message>& to) {
  std::size_t size = 0;
  while (!notes.empty() && to.size() < max_answers && size < max_bytes) {
    size += notes.front().body.size();
    waiting_bytes -= notes.front().body.size();
    to.push_back(std::move(notes.front()));
    notes.pop_front();
  }
}

/// Acknowledgements go along with something else, or alone when an answer takes its time.
void server_session::machine::gather_acks(std::vector<inner_message>& to, moment now) {
  bool const due = !acks.empty() && now.steady >= first_ack + options.ack_delay;
  if (acks.empty() || (to.empty() && !due)) return;
  auto const count = static_cast<std::ptrdiff_t>(std::min(acks.size(), service::max_ids));
  std::vector<std::int64_t> const part(acks.begin(), acks.begin() + count);
  acks.erase(acks.begin(), acks.begin() + count);
  auto body = service::write(schema::msgs_ack{.msg_ids = part});
  to.push_back({ids.next(time(now), id_kind::push), sequence.next(false), std::move(body)});
}

bytes server_session::machine::seal(std::vector<inner_message> messages, moment now) {
  message_header header{.salt = salts.current(second(now)), .session = session};
  slice body;
  if (messages.size() == 1 && !options.always_container) {
    header.id = messages[0].id;
    header.sequence = messages[0].sequence;
    body = std::move(messages[0].body);
  } else {
    header.id = ids.next(time(now), id_kind::answer);
    header.sequence = sequence.next(false);
    body = pack_container(messages);
  }
  return seal_wrongly(header, body);
}

/// As seal_message(), with what a test wants to be wrong.
bytes server_session::machine::seal_wrongly(message_header header, bytes_view body) {
  if (std::exchange(faults.even_id, false)) header.id -= 1;
  if (std::exchange(faults.wrong_session, false)) header.session ^= 1;
  if (auto const skew = std::exchange(faults.skew_id, {})) header.id += skew->count() << 32;
  auto const padding = std::exchange(faults.padding, {});
  auto const length = std::exchange(faults.claim_length, {});
  std::size_t const usual = least_padding + (16 - (32 + body.size() + least_padding) % 16) % 16;
  wire::writer plain;
  plain.number(header.salt).number(header.session).number(header.id).number(header.sequence);
  plain.number(length.value_or(static_cast<std::int32_t>(body.size()))).raw(body);
  bytes whole = plain.take();
  std::size_t const content = whole.size();
  whole.resize((content + padding.value_or(usual) + 15) / 16 * 16);
  random.fill(mutable_bytes(whole).subspan(content));
  auto packet = crypto::seal(key, crypto::direction::to_client, whole);
  if (std::exchange(faults.flip_bit, false)) packet.back() ^= 1;
  return packet;
}

}  // namespace mtp::MTP_ABI::mtproto
