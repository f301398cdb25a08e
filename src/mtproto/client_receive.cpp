// SPDX-License-Identifier: MIT OR Apache-2.0
// https://core.telegram.org/mtproto/security_guidelines#mtproto-encrypted-messages
#include "mtproto/client_machine.hpp"

namespace mtp::mtproto {
namespace {

constexpr std::int64_t most_ahead = 30;    // seconds of a server's id before our clock
constexpr std::int64_t most_behind = 300;  // and behind it

}  // namespace

/// First everything is checked and taken apart, then it is used: of a bad packet nothing is.
result<client_session::machine::events, protocol_errc> client_session::machine::receive(
    bytes packet, moment now) {
  if (packet.size() > options.max_packet) return failure{protocol_errc::frame_too_large};
  auto opened = open_message(key, crypto::direction::to_client, std::move(packet));
  if (!opened) return failure{opened.error()};
  auto const header = opened->header;
  if (previous_session != 0 && header.session == previous_session) return events();
  if (auto fine = check(header, now); !fine) return failure{fine.error()};

  std::size_t budget = options.max_inflated;
  auto messages = unpack(std::move(*opened), budget);
  if (!messages) return failure{messages.error()};
  std::vector<service::server_message> said;
  for (auto& message : *messages) {
    if (message.id % 2 == 0) return failure{protocol_errc::bad_message_id};
    auto one = service::read_server_message(message.body, budget);
    if (!one) return failure{one.error()};
    said.push_back(std::move(*one));
  }

  heard = true;
  pings.on_packet(now.steady);
  follow_clock(header.id, now);
  for (std::size_t i = 0; i < said.size(); ++i) {
    // A rejection may have begun another session, to which the rest does not belong.
    auto& message = (*messages)[i];
    bool const fresh = header.session != session || is_new(message, said[i], now);
    if (fresh) std::visit([&](auto& one) { on(message, one, now); }, said[i]);
  }
  synchronised = true;
  if (std::exchange(state_changed, false)) out.push_back(event::state_changed{});
  return std::exchange(out, {});
}

/// Checks M5, M6 and the half of M8 that nothing explains. Messages that are too old may be late
/// answers; they are told from the rest later.
result<void, protocol_errc> client_session::machine::check(message_header const& header,
                                                           moment now) {
  if (header.session != session) return failure{protocol_errc::wrong_session};
  if (header.id % 2 == 0) return failure{protocol_errc::bad_message_id};
  bool const ahead = second_of(header.id) > clock.second_at(now) + most_ahead;
  if (synchronised && ahead) return failure{protocol_errc::bad_message_id};
  return {};
}

/// A server's message was made before it arrived: our idea of its clock may be late, not early.
void client_session::machine::follow_clock(std::int64_t id, moment now) {
  auto const made = second_of(id);
  if (made <= clock.second_at(now) + 1) return;
  clock.set(made, now);
  state_changed = true;
}

bool client_session::machine::is_too_old(std::int64_t id, moment now) {
  return synchronised && second_of(id) < clock.second_at(now) - most_behind;
}

/// Check M7. An answer that is still wanted was not used before, however low its id.
bool client_session::machine::is_repeated(inner_message const& message,
                                          service::server_message const& said) {
  if (seen.has(message.id)) return true;
  auto const* const answer = std::get_if<service::rpc_result>(&said);
  bool const wanted = answer && requests.by_message(answer->request);
  return !wanted && seen.may_be_forgotten(message.id);
}

void client_session::machine::acknowledge(std::int64_t id, moment now) {
  if (acks.empty()) first_ack = now.steady;
  acks.push_back(id);
}

/// Notes a message, and says whether it is to be used.
bool client_session::machine::is_new(inner_message const& message,
                                     service::server_message const& said, moment now) {
  if (message.has_content()) acknowledge(message.id, now);
  if (is_repeated(message, said)) return false;
  seen.add(message.id);
  return !std::holds_alternative<service::other>(said) || !is_too_old(message.id, now);
}

}  // namespace mtp::mtproto
