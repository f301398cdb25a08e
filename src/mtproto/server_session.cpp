// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/server_session.hpp>

#include "mtproto/server_machine.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {

using namespace std::chrono;

server_session::machine::machine(crypto::auth_key k, std::int64_t s, server_salts& schedule,
                                 random_source& r, server_session_options o)
    : key(std::move(k)), session(s), salts(schedule), random(r), options(o) {}

nanoseconds server_session::machine::time(moment now) const {
  return duration_cast<nanoseconds>(now.wall.time_since_epoch()) + options.clock_skew;
}

std::int64_t server_session::machine::second(moment now) const {
  return duration_cast<seconds>(time(now)).count();
}

server_session::server_session(crypto::auth_key key, std::int64_t session_id, server_salts& salts,
                               random_source& random, server_session_options options)
    : machine_(std::make_unique<machine>(std::move(key), session_id, salts, random, options)) {}
server_session::server_session(server_session&&) noexcept = default;
server_session& server_session::operator=(server_session&&) noexcept = default;
server_session::~server_session() = default;

result<std::vector<server_event>, protocol_errc> server_session::on_message(
    encrypted_message message, moment now) {
  return machine_->receive(std::move(message), now);
}

void server_session::answer(std::int64_t message_id, bytes_view object, moment now) {
  machine_->send_result(message_id, machine_->maybe_compressed(object), now);
}

void server_session::refuse(std::int64_t message_id, std::int32_t code, std::string_view text,
                            moment now) {
  schema::rpc_error const error{.error_code = code, .error_message = text};
  machine_->send_result(message_id, service::write(error), now);
}

void server_session::finish_destroy_session(std::int64_t message_id, std::int64_t session,
                                            bool existed, moment now) {
  std::erase(machine_->acks, message_id);
  auto body = existed ? service::write(schema::destroy_session_ok{.session_id = session})
                      : service::write(schema::destroy_session_none{.session_id = session});
  machine_->send_note(std::move(body), id_kind::answer, now);
}

void server_session::finish_destroy_key(std::int64_t message_id, key_end how, moment now) {
  std::erase(machine_->acks, message_id);
  auto body = how == key_end::destroyed ? service::write(schema::destroy_auth_key_ok{})
              : how == key_end::unknown ? service::write(schema::destroy_auth_key_none{})
                                        : service::write(schema::destroy_auth_key_fail{});
  machine_->send_note(std::move(body), id_kind::answer, now);
}

void server_session::push(bytes_view object, moment now) {
  machine_->send_content(machine_->maybe_compressed(object), id_kind::push, now);
}

void server_session::on_connected(moment) {
  machine_->connected = true;
  machine_->close_at.reset();
  machine_->duplicate.reset();
  machine_->send_all_again();
}

void server_session::on_disconnected() {
  machine_->connected = false;
  machine_->close_at.reset();
  for (auto const& note : std::exchange(machine_->notes, {}))
    machine_->waiting_bytes -= note.body.size();
  // What was written may not have arrived.
  for (auto& [id, one] : machine_->unacked) machine_->set_waiting(one, true);
}

std::optional<bytes> server_session::next_packet(moment now) { return machine_->next(now); }

std::optional<steady_time> server_session::next_deadline() const {
  if (!machine_->connected) return std::nullopt;
  auto first = machine_->close_at;
  if (machine_->acks.empty()) return first;
  auto const ack_at = machine_->first_ack + machine_->options.ack_delay;
  return first ? std::min<steady_time>(*first, ack_at) : ack_at;
}

bool server_session::should_close(moment now) const {
  return machine_->close_at && now.steady >= *machine_->close_at;
}

server_faults& server_session::faults() noexcept { return machine_->faults; }
std::int64_t server_session::session_id() const noexcept { return machine_->session; }
std::size_t server_session::unacknowledged() const noexcept { return machine_->unacked.size(); }
std::size_t server_session::waiting_bytes() const noexcept { return machine_->waiting_bytes; }

}  // namespace mtp::MTP_ABI::mtproto
