// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages
#include "mtproto/client_machine.hpp"

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::int64_t max_ahead = 30;    // seconds of a server's id before our clock
constexpr std::int64_t max_behind = 300;  // and behind it

/// What corrects our clock, our salt or our idea of the session.
bool corrects_us(service::server_message const& said) {
  return std::holds_alternative<schema::bad_msg_notification>(said) ||
         std::holds_alternative<schema::bad_server_salt>(said) ||
         std::holds_alternative<schema::new_session_created>(said);
}

}  // namespace

/// First everything is checked and taken apart, then it is used: of a bad packet nothing is.
result<client_session::machine::events, protocol_errc> client_session::machine::receive(
    slice packet, moment now) {
  if (packet.size() > options.max_packet) return failure{protocol_errc::frame_too_large};
  auto opened = open_message(key, crypto::direction::to_client, std::move(packet));
  if (!opened) return failure{opened.error()};
  auto const header = opened->header;
  bool const of_former = former.id != 0 && header.session == former.id;
  if (header.session != session && !of_former) return failure{protocol_errc::wrong_session};
  if (header.id % 2 == 0) return failure{protocol_errc::bad_message_id};
  auto messages = read_all(std::move(*opened), !of_former);
  if (!messages) return failure{messages.error()};
  if (of_former) {
    on_former(*messages, now);
    return finish_receiving();
  }
  // Check M8 is about packets: their parts may have waited for a connection. Of one that comes from
  // the future nothing else counts, and what had content will come again.
  if (synchronised && second_of(header.id) > clock.second_at(now) + max_ahead) {
    std::erase_if(*messages, [](auto const& one) { return !corrects_us(one.said); });
    if (messages->empty()) return failure{protocol_errc::bad_message_id};
  }
  bool const late = synchronised && second_of(header.id) < clock.second_at(now) - max_behind;

  heard = true;
  unheard = 0;
  pings.on_packet(now.steady);
  follow_clock(header.id, now);
  for (auto& one : *messages) {
    // A rejection may have begun another session, to which the rest does not belong.
    bool const fresh = header.session != session || is_new(one, late, now);
    if (fresh) std::visit([&](auto& said) { on(one.message, said, now); }, one.said);
  }
  synchronised = true;
  quiet_since.reset();
  if (requests.awaits_answers()) {
    quiet_since = now.steady;
  } else {
    plan.drop_spare();
  }
  return finish_receiving();
}

client_session::machine::events client_session::machine::finish_receiving() {
  if (std::exchange(updates_missed, false)) out.push_back(session_events::session_created{});
  if (std::exchange(state_changed, false)) out.push_back(session_events::state_changed{});
  return std::exchange(out, {});
}

/// The messages of a packet, unpacked and understood. Most often it is one.
result<std::vector<read_message>, protocol_errc> client_session::machine::read_all(
    encrypted_message packet, bool of_session) {
  std::size_t room = options.max_inflated_packet;
  std::vector<read_message> read;
  if (packet.body.size() >= 4 && !is_container(packet.body)) {
    inner_message only{packet.header.id, packet.header.sequence, std::move(packet.body)};
    if (auto done = read_one(std::move(only), of_session, room, read); !done)
      return failure{done.error()};
    return read;
  }
  auto messages = split(std::move(packet));
  if (!messages) return failure{messages.error()};
  read.reserve(messages->size());
  for (auto& message : *messages) {
    if (auto done = read_one(std::move(message), of_session, room, read); !done)
      return failure{done.error()};
  }
  return read;
}

/// Check M6. What inflates beyond the limit of a whole packet, of which `room` is left, is left
/// out, as if it had not arrived: it will come again. What was there before is not read again.
result<void, protocol_errc> client_session::machine::read_one(inner_message message,
                                                              bool of_session, std::size_t& room,
                                                              std::vector<read_message>& into) {
  if (message.id % 2 == 0) return failure{protocol_errc::bad_message_id};
  if (of_session && seen.has(message.id)) {
    into.push_back({std::move(message), {}});
    return {};
  }
  std::size_t budget = std::min(options.max_inflated, room);
  bool const limited = room < options.max_inflated;
  std::size_t const before = budget;
  auto said = service::read_server_message(message.body, budget);
  if (!said) return failure{said.error()};
  bool const left_out = limited && service::is_too_large(*said);
  room -= before - budget;
  if (!left_out) into.push_back({std::move(message), std::move(*said)});
  return {};
}

/// A server's message was made before it arrived: our idea of its clock may be late, not early.
void client_session::machine::follow_clock(std::int64_t id, moment now) {
  auto const made = second_of(id);
  if (made <= clock.second_at(now) + 1) return;
  clock.set(made, now);
  state_changed = true;
}

/// Check M7: lower than all that is remembered. An answer that is still wanted was not used before,
/// however low its id.
bool client_session::machine::may_be_repeated(read_message const& one) {
  auto const* const answer = std::get_if<service::rpc_result>(&one.said);
  bool const wanted = answer && requests.by_message(answer->request);
  return !wanted && seen.may_be_forgotten(one.message.id);
}

void client_session::machine::acknowledge(std::int64_t id, moment now) {
  if (acks.empty()) first_ack = now.steady;
  acks.push_back(id);
}

/// Notes a message, and says whether it is to be used. `late` are those of a packet that is too
/// old: they may be answers, but updates are rather asked for, like those that may have been
/// forgotten.
bool client_session::machine::is_new(read_message const& one, bool late, moment now) {
  if (one.message.has_content()) acknowledge(one.message.id, now);
  if (seen.has(one.message.id)) return false;
  bool const repeated = may_be_repeated(one);
  bool const update = std::holds_alternative<service::other>(one.said);
  seen.add(one.message.id);
  bool const used = !repeated && !(late && update);
  if (update && !used) updates_missed = true;
  return used;
}

}  // namespace mtp::MTP_ABI::mtproto
