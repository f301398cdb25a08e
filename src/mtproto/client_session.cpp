// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/client_session.hpp>

#include "mtproto/client_machine.hpp"

#include <cassert>

namespace mtp::MTP_ABI::mtproto {
namespace {

// A bad network hangs up before anything is heard, too; so it takes several connections before the
// session is in doubt.
constexpr int max_unheard = 3;

}  // namespace

client_session::machine::machine(std::shared_ptr<key_context> k, random_source& r,
                                 client_session_options o)
    : shared(std::move(k)),
      key(shared->key),
      clock(shared->clock),
      salts(shared->salts),
      random(r),
      options(o),
      session(r.make<std::int64_t>()),
      pings(o.ping_interval, o.pong_timeout, o.disconnect_delay) {}

client_session::client_session(std::shared_ptr<key_context> key, random_source& random,
                               client_session_options options)
    : machine_(std::make_unique<machine>(std::move(key), random, options)) {}
client_session::client_session(client_session&&) noexcept = default;
client_session& client_session::operator=(client_session&&) noexcept = default;
client_session::~client_session() = default;

request_handle client_session::submit(bytes body, request_options options) {
  return submit(slice(std::move(body)), options);
}

request_handle client_session::submit(slice body, request_options options) {
  assert(!body.empty() && body.size() % 4 == 0);
  auto& added = machine_->requests.add(options);
  machine_->set_body(added, std::move(body));
  return added.handle;
}

request_handle client_session::submit(body_builder builder, request_options options) {
  assert(builder);
  auto& added = machine_->requests.add(options);
  added.build = std::move(builder);
  return added.handle;
}

/// What was not written, or was rejected, the server need not drop.
void client_session::cancel(request_handle handle) {
  auto* const which = machine_->requests.find(handle);
  if (!which) return;
  if (which->is_under_way()) {
    auto body = service::write(schema::rpc_drop_answer{.req_msg_id = which->id});
    machine_->queued.push_back(
        {std::move(body), {.what = sent_service_message::kind::drop_answer, .value = which->id}});
  }
  machine_->requests.erase(*which);
}

void client_session::on_connected(moment now) {
  auto& m = *machine_;
  on_disconnected();
  m.connected = true;
  ++m.connection;
  m.heard = false;
  m.synchronised = false;
  m.state_requests.clear();
  m.watches.clear();
  m.pings.on_connected(now.steady);
  m.allows_long_packets = false;
  m.quiet_since = now.steady;
  m.quiet_timeout = m.options.quiet_timeout;
  if (std::exchange(m.awaits_salts, false)) m.shared->next_salts.bring_forward(now.steady);
  m.to_ask.clear();
  m.requests.each([&](request& one) {
    one.state_request = 0;
    m.requests.wait(one);
    if (one.at == request::stage::sent) m.to_ask.push_back(one.handle);
  });
  m.request_former_states_again(now);
}

void client_session::on_disconnected() {
  auto& m = *machine_;
  if (!m.connected) return;
  m.connected = false;
  if (m.pings.is_waiting()) ++m.unheard;
  m.pings.on_disconnected();
}

result<std::vector<session_event>, protocol_errc> client_session::on_packet(slice packet,
                                                                            moment now) {
  return machine_->receive(std::move(packet), now);
}

std::optional<packet_buffer> client_session::next_packet(moment now) { return machine_->next(now); }

/// As long as answers are waited for there is more to come.
void client_session::recycle(packet_buffer written) {
  if (machine_->requests.awaits_answers()) machine_->plan.recycle(std::move(written));
}

bool client_session::has_to_write(moment now) { return machine_->has_to_write(now); }

std::vector<session_event> client_session::take_events() {
  return std::exchange(machine_->out, {});
}

std::optional<steady_time> client_session::next_deadline() const {
  auto const& m = *machine_;
  if (!m.connected) return std::nullopt;
  auto first = m.pings.next_deadline();
  auto sooner = [&](steady_time when) { first = first ? std::min(*first, when) : when; };
  if (!m.acks.empty()) sooner(m.first_ack + m.options.ack_delay);
  if (!m.watches.empty()) sooner(m.watches.front().when);
  if (!m.state_requests.empty()) sooner(m.state_requests.front().until);
  if (!m.former.undecided.empty()) sooner(m.former.until);
  bool const listens = m.quiet_since && m.requests.awaits_answers() && !m.pings.is_waiting();
  if (listens) sooner(*m.quiet_since + m.quiet_timeout);
  sooner(m.shared->next_salts.due());
  return first;
}

void client_session::on_bytes(std::size_t count, moment now) {
  machine_->pings.on_bytes(count, now.steady);
}

bool client_session::is_silent(moment now) {
  auto& m = *machine_;
  bool const silent = m.connected && m.pings.is_silent(now.steady);
  if (silent && !m.heard) m.unheard = max_unheard;
  return silent;
}

void client_session::on_network_restored(moment now) {
  if (machine_->connected) machine_->pings.pull_forward(now.steady);
}

bool client_session::has_heard() const noexcept { return machine_->connected && machine_->heard; }

bool client_session::is_doubtful(moment now) {
  return is_silent(now) || (!machine_->heard && machine_->unheard >= max_unheard);
}

std::vector<session_event> client_session::give_up(moment now) {
  machine_->begin_session(now);
  return take_events();
}

std::shared_ptr<key_context> const& client_session::key() const noexcept {
  return machine_->shared;
}

client_session_state client_session::state(moment now) const {
  return machine_->shared->state(now);
}

std::int64_t client_session::server_time(moment now) const {
  return machine_->clock.second_at(now);
}

std::int64_t client_session::session_id() const noexcept { return machine_->session; }

std::size_t client_session::pending() const noexcept { return machine_->requests.size(); }

std::optional<std::int64_t> client_session::message_id_of(request_handle handle) const {
  auto const* const which = machine_->requests.find(handle);
  bool const written = which && which->at != request::stage::queued;
  if (!written || which->at == request::stage::held) return std::nullopt;
  return which->id;
}

}  // namespace mtp::MTP_ABI::mtproto
