// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/service_messages_about_messages
#include "mtproto/server_machine.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::int64_t max_ahead_of_us = 30;
constexpr std::int64_t max_behind_us = 300;

// The codes of bad_msg_notification.
constexpr std::int32_t id_too_low = 16;
constexpr std::int32_t id_too_high = 17;
constexpr std::int32_t id_not_divisible = 18;
constexpr std::int32_t container_id_repeated = 19;
constexpr std::int32_t too_old_to_tell = 20;
constexpr std::int32_t sequence_too_low = 32;
constexpr std::int32_t sequence_too_high = 33;
constexpr std::int32_t even_expected = 34;
constexpr std::int32_t odd_expected = 35;
constexpr std::int32_t wrong_salt = 48;
constexpr std::int32_t invalid_container = 64;

bool is_service(bytes_view body) {
  constexpr std::uint32_t all[] = {schema::msgs_ack::tl_id,
                                   schema::msgs_state_req::tl_id,
                                   schema::msgs_state_info::tl_id,
                                   schema::msgs_all_info::tl_id,
                                   schema::msg_resend_req::tl_id,
                                   schema::rpc_drop_answer::tl_id,
                                   schema::ping::tl_id,
                                   schema::ping_delay_disconnect::tl_id,
                                   schema::get_future_salts::tl_id,
                                   schema::destroy_session::tl_id,
                                   schema::http_wait::tl_id,
                                   schema::destroy_auth_key::tl_id};
  return std::find(std::begin(all), std::end(all), wire::constructor_of(body)) != std::end(all);
}

}  // namespace

result<server_session::machine::events, protocol_errc> server_session::machine::receive(
    encrypted_message message, moment now) {
  auto const header = message.header;
  if (header.session != session) return failure{protocol_errc::wrong_session};
  bool const container = is_container(message.body);
  if (refuse_packet(header, container, now)) return events();
  std::size_t budget = options.max_inflated;
  auto parts = unpack(std::move(message), budget);
  if (!parts && parts.error() == protocol_errc::bad_container) {
    reject(header.id, header.sequence, invalid_container, now);
    return events();
  }
  if (!parts) return failure{parts.error()};
  for (auto const& part : *parts) {
    if (!can_be_read(part.body)) return failure{protocol_errc::malformed};
  }
  if (container) know({header.id, header.sequence, {}});
  announce(*parts, now);
  for (auto const& part : *parts) {
    if (auto const code = fault_of_part(part, header, container, now)) {
      reject(part.id, part.sequence, code, now);
    } else {
      take(part, now);
    }
  }
  return std::exchange(out, {});
}

/// Checks what concerns the whole packet, in the order of the documentation.
bool server_session::machine::refuse_packet(message_header const& header, bool container,
                                            moment now) {
  std::int32_t code = 0;
  if (!salts.accepts(header.salt, second(now))) code = wrong_salt;
  if (code == 0) code = fault_of_id(header.id, now);
  auto const earlier = known.find(header.id);
  bool const repeated = earlier != known.end() && earlier->second.at != known_message::stage::taken;
  if (code == 0 && container && repeated) code = container_id_repeated;
  if (code == 0 && faults.reject_next && (!container || faults.reject_containers))
    code = planned_rejection();
  if (code != 0) reject(header.id, header.sequence, code, now);
  return code != 0;
}

std::int32_t server_session::machine::fault_of_id(std::int64_t id, moment now) const {
  if (id % 4 != 0) return id_not_divisible;
  if (known.contains(id)) return 0;
  if (second_of(id) < second(now) - max_behind_us) return id_too_low;
  if (second_of(id) > second(now) + max_ahead_of_us) return id_too_high;
  return id <= known_before ? too_old_to_tell : 0;
}

/// What is wrong with one message. In a container it may be older: it was sent before.
std::int32_t server_session::machine::fault_of_part(inner_message const& part,
                                                    message_header const& header, bool container,
                                                    moment now) {
  if (faults.reject_next) return planned_rejection();
  if (container && part.id >= header.id) return invalid_container;
  auto const code = container ? fault_of_id(part.id, now) : 0;
  if (code == id_too_low && part.id <= known_before) return too_old_to_tell;
  if (code != 0 && code != id_too_low) return code;
  if (!is_service(part.body) && !part.has_content()) return odd_expected;
  return options.strict_sequence ? fault_of_sequence(part) : 0;
}

/// The numbers of messages with content rise with the ids.
std::int32_t server_session::machine::fault_of_sequence(inner_message const& part) const {
  if (service::is<schema::msgs_ack>(part.body) && part.has_content()) return even_expected;
  if (known.contains(part.id)) return 0;
  auto const above = known.lower_bound(part.id);
  for (auto it = above; it != known.end() && part.has_content(); ++it) {
    if (part.sequence >= it->second.sequence && it->second.sequence % 2) return sequence_too_high;
  }
  for (auto it = known.begin(); it != above; ++it) {
    if (part.sequence < it->second.sequence) return sequence_too_low;
  }
  return 0;
}

std::int32_t server_session::machine::planned_rejection() {
  auto const code = *faults.reject_next;
  if (--faults.rejections > 0) return code;
  faults.rejections = 1;
  faults.reject_next.reset();
  return code;
}

void server_session::machine::reject(std::int64_t id, std::int32_t number, std::int32_t code,
                                     moment now) {
  bytes body;
  if (code == wrong_salt) {
    auto const salt = salts.current(second(now));
    body = service::write(schema::bad_server_salt{id, number, code, salt});
  } else {
    body = service::write(schema::bad_msg_notification{id, number, code});
  }
  send_note(std::move(body), id_kind::answer, now);
}

/// The first message of a session makes it. The lowest id of the packet counts as the first: what
/// the client sent before that did not arrive.
void server_session::machine::announce(std::vector<inner_message> const& parts, moment now) {
  if (std::exchange(faults.announce_again, false)) announced = false;
  if (std::exchange(announced, true) || !options.announce_session || parts.empty()) return;
  std::int64_t first = parts.front().id;
  for (auto const& part : parts) first = std::min(first, part.id);
  schema::new_session_created const news{.first_msg_id = first,
                                         .unique_id = random.make<std::int64_t>(),
                                         .server_salt = salts.current(second(now))};
  send_content(service::write(news), id_kind::push, now);
}

void server_session::machine::know(inner_message const& part) {
  known.try_emplace(part.id, known_message{.sequence = part.sequence});
  if (known.size() <= options.remembered) return;
  auto const ended = std::find_if(known.begin(), known.end(), [](auto const& one) {
    return one.second.at != known_message::stage::running;
  });
  if (ended == known.end()) return;
  known_before = std::max(known_before, ended->first);
  known.erase(ended);
}

void server_session::machine::take(inner_message const& part, moment now) {
  auto const earlier = known.find(part.id);
  if (earlier != known.end()) return take_again(part, earlier->second, now);
  know(part);
  if (serve(part, now)) return;
  known[part.id].at = known_message::stage::running;
  if (acks.empty()) first_ack = now.steady;
  acks.push_back(part.id);
  out.push_back(server_events::incoming_call{part.id, part.body.to_bytes()});
}

/// Nothing is executed twice: the answer is sent again, or the message acknowledged again. The
/// session's own answers are not kept: they are made anew.
void server_session::machine::take_again(inner_message const& part, known_message const& earlier,
                                         moment now) {
  if (earlier.at == known_message::stage::answered) return send_again(earlier.answer);
  if (earlier.at == known_message::stage::taken && serve(part, now)) return;
  if (!part.has_content()) return;
  if (acks.empty()) first_ack = now.steady;
  acks.push_back(part.id);
}

}  // namespace mtp::MTP_ABI::mtproto
