// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/mtproto/client_session.hpp>

#include <cassert>

#include "mtproto/client_machine.hpp"

namespace mtp::mtproto {
namespace {

// There are servers that know a session only on the connection where it began. On others they fall
// silent, or hang up; so the session id is doubted when nothing answers a ping. A bad network hangs
// up too: that says less while requests are under way, which another session may execute twice.
constexpr int most_doubt = 6;
constexpr int doubt_of_silence = 3;
constexpr int doubt_of_hanging_up = 2;

}  // namespace

client_session::machine::machine(crypto::auth_key k, random_source& r, client_session_state state,
                                 client_session_options o)
    : key(std::move(k)),
      random(r),
      options(o),
      clock(state.time_offset),
      salts(std::move(state.salts)),
      session(r.make<std::int64_t>()),
      pings(o.ping_interval, o.pong_patience, o.disconnect_delay) {}

client_session::client_session(crypto::auth_key key, random_source& random,
                               client_session_state state, client_session_options options)
    : machine_(std::make_unique<machine>(std::move(key), random, std::move(state), options)) {}
client_session::client_session(client_session&&) noexcept = default;
client_session& client_session::operator=(client_session&&) noexcept = default;
client_session::~client_session() = default;

request_handle client_session::submit(bytes body, request_options options) {
  assert(!body.empty() && body.size() % 4 == 0);
  auto const head = wire::constructor_of(body);
  bool const worth = options.compressible && body.size() >= machine_->options.compress_from;
  if (worth) body = service::deflate_if_useful(std::move(body));
  return machine_->requests.add(std::move(body), head).handle;
}

void client_session::cancel(request_handle handle) {
  auto* const which = machine_->requests.find(handle);
  if (!which) return;
  if (which->id != 0) {
    auto body = service::write(schema::rpc_drop_answer{.req_msg_id = which->id});
    machine_->notes.push_back({std::move(body), {sent_note::kind::drop_answer, {}, which->id}});
  }
  machine_->requests.erase(*which);
}

void client_session::on_connected(moment now) {
  auto& m = *machine_;
  on_disconnected();
  if (m.doubt >= most_doubt) m.start_new_session(now);
  m.connected = true;
  m.heard = false;
  m.silent = false;
  m.synchronised = false;
  m.questions.clear();
  m.pings.on_connected(now.steady);
  m.salts_after = now.steady;
  m.salts_pause = std::chrono::seconds(60);
  m.to_ask.clear();
  m.requests.each([&](request& one) {
    one.question = 0;
    if (one.at == request::stage::sent) m.to_ask.push_back(one.handle);
  });
}

void client_session::on_disconnected() {
  auto& m = *machine_;
  if (!m.connected) return;
  m.connected = false;
  if (m.heard) m.doubt = 0;
  bool const costly = !m.silent && m.has_sent_requests();
  if (!m.heard && m.pings.is_waiting()) m.doubt += costly ? doubt_of_hanging_up : doubt_of_silence;
  m.pings.on_disconnected();
}

bool client_session::machine::has_sent_requests() {
  bool any = false;
  requests.each([&](request const& one) { any = any || one.at != request::stage::queued; });
  return any;
}

result<std::vector<session_event>, protocol_errc> client_session::on_packet(bytes packet,
                                                                            moment now) {
  return machine_->receive(std::move(packet), now);
}

std::optional<bytes> client_session::next_packet(moment now) { return machine_->next(now); }

std::optional<steady_time> client_session::next_deadline() const {
  auto const& m = *machine_;
  if (!m.connected) return std::nullopt;
  auto first = m.pings.next_deadline();
  auto sooner = [&](steady_time when) { first = first ? std::min(*first, when) : when; };
  if (!m.acks.empty()) sooner(m.first_ack + m.options.ack_delay);
  if (!m.watches.empty()) sooner(m.watches.front().when);
  if (!m.questions.empty()) sooner(m.questions.front().until);
  sooner(m.salts_after);
  return first;
}

bool client_session::is_silent(moment now) {
  machine_->silent = machine_->connected && machine_->pings.is_silent(now.steady);
  return machine_->silent;
}

client_session_state client_session::state(moment now) const {
  return {machine_->salts.all(), machine_->clock.offset(now)};
}

std::int64_t client_session::server_time(moment now) const {
  return machine_->clock.second_at(now);
}

std::int64_t client_session::session_id() const noexcept { return machine_->session; }

std::size_t client_session::pending() const noexcept { return machine_->requests.size(); }

std::optional<std::int64_t> client_session::message_id_of(request_handle handle) const {
  auto const* const which = machine_->requests.find(handle);
  if (!which || which->id == 0) return std::nullopt;
  return which->id;
}

}  // namespace mtp::mtproto
