// SPDX-License-Identifier: MIT OR Apache-2.0
#include "mtproto/client_machine.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::int64_t salt_margin = 600;  // seconds before the last known one ends
constexpr std::int32_t salts_wanted = 8;   // they are kept in memory, and several times
constexpr std::size_t long_request = 64 << 10;
constexpr std::size_t ack_company = 8;        // so many acknowledgements go with any packet,
constexpr std::chrono::seconds ack_pause{1};  // fewer when they are so old

/// Takes the first of a list, as many as one message may name.
std::vector<std::int64_t> take_some(std::vector<std::int64_t>& from) {
  if (from.size() <= service::max_ids) return std::exchange(from, {});
  auto const count = static_cast<std::ptrdiff_t>(service::max_ids);
  std::vector<std::int64_t> out(from.begin(), from.begin() + count);
  from.erase(from.begin(), from.begin() + count);
  return out;
}

}  // namespace

std::int64_t client_session::machine::next_id(moment now) {
  return ids.next(clock.at(now), id_kind::from_client);
}

void client_session::machine::remember(std::int64_t id, sent_service_message note, moment now) {
  note.id = id;
  note.written = now.steady;
  sent.add(std::move(note));
}

/// What keeps the connection and what the server waits for goes first, then calls.
std::optional<packet_buffer> client_session::machine::next(moment now) {
  if (!connected) return std::nullopt;
  tick(now);
  if (auto of_former = next_former(now)) return of_former;
  plan_first = 0;
  plan_repeats.clear();
  if (add_ping(now)) return seal(now);
  add_resends(now);
  add_service_messages(now);
  if (acks_are_due(now)) add_acks(now);
  add_requests(now);
  bool const room = !plan.empty() && plan.size() < max_packet_size / 2;
  if (room && acks_may_ride(now)) add_acks(now);
  if (plan.empty()) return std::nullopt;
  return seal(now);
}

bool client_session::machine::has_to_write(moment now) {
  if (!connected) return false;
  bool const service = !queued.empty() || !to_resend.empty() || !to_ask.empty();
  bool const former_asks = former.asked != former.undecided.size();
  return service || former_asks || requests.has_next() || acks_are_due(now) ||
         pings.is_due(now.steady);
}

/// Lets time do its work.
void client_session::machine::tick(moment now) {
  look_after(now);
  while (!state_requests.empty() && now.steady >= state_requests.front().until)
    on_state_request_unanswered(state_requests.front().number, false, now);
  request_states(now);
  request_salts(now);
  if (!former.undecided.empty() && now.steady >= former.until) decide_former();
  if (is_quiet(now)) {
    pings.pull_forward(now.steady);
    quiet_since = now.steady;
    quiet_timeout = std::min<duration>(quiet_timeout * 2, options.ping_interval);
  }
}

/// Salts are asked for when the end of the last is near or unknown, and not again and again when
/// that does not help.
void client_session::machine::request_salts(moment now) {
  auto& wanted = shared->next_salts;
  if (now.steady < wanted.due()) return;
  auto const left = salts.known_until() - clock.second_at(now) - salt_margin;
  if (left > 0)
    return wanted.postpone(now.steady + std::chrono::seconds(std::min<std::int64_t>(left, 86400)));
  wanted.on_asked(now.steady);
  awaits_salts = true;
  auto body = service::write(schema::get_future_salts{.num = salts_wanted});
  queued.push_back({std::move(body), {.what = kind::future_salts}});
}

bool client_session::machine::acks_are_due(moment now) const {
  if (acks.empty()) return false;
  return acks.size() >= options.ack_at_once || now.steady >= first_ack + options.ack_delay;
}

/// A packet takes them along, but not each its own while one call follows the other.
bool client_session::machine::acks_may_ride(moment now) const {
  return acks.size() >= ack_company || now.steady >= first_ack + ack_pause;
}

/// Requests are under way, and nothing has come for so long that the connection may be dead.
bool client_session::machine::is_quiet(moment now) const {
  return quiet_since && requests.awaits_answers() && !pings.is_waiting() &&
         now.steady >= *quiet_since + quiet_timeout;
}

void client_session::machine::add_service(bytes body, sent_service_message note, moment now) {
  auto const id = next_id(now);
  if (plan_first == 0) plan_first = id;
  plan.add(id, sequence.next(false), std::move(body));
  remember(id, std::move(note), now);
}

/// A packet may ask once, for so many.
void client_session::machine::add_resends(moment now) {
  if (to_resend.empty()) return;
  auto part = take_some(to_resend);
  auto body = service::write(schema::msg_resend_req{.msg_ids = part});
  add_service(std::move(body), {.what = kind::resend, .ids = std::move(part)}, now);
}

/// At most one request for states goes into a packet.
void client_session::machine::add_service_messages(moment now) {
  bool asks = false;
  while (!queued.empty() && has_room(queued.front().body.size(), max_packet_size)) {
    bool const asks_too = queued.front().note.what == kind::state_request;
    if (asks && asks_too) return;
    asks = asks || asks_too;
    auto next = queued.take_front();
    add_service(std::move(next.body), std::move(next.note), now);
  }
}

bool client_session::machine::is_long_request_next() {
  for (lane const each : {lane::interactive, lane::normal, lane::bulk}) {
    auto const* const next = requests.next_of(each);
    if (next && next->body.size() >= long_request) return true;
  }
  return false;
}

/// While a long request is sent over a slow line no ping can be, for minutes maybe. One that goes
/// before it tells the server to wait so long. True when it has to go alone.
bool client_session::machine::add_ping(moment now) {
  bool const is_long = is_long_request_next();
  bool const goes_before = is_long && !allows_long_packets;
  if (!goes_before && !pings.is_due(now.steady)) return false;
  allows_long_packets = is_long;
  auto const delay = options.disconnect_delay + options.long_packet_delay * (is_long ? 1 : 0);
  auto body = service::write(schema::ping_delay_disconnect{
      .ping_id = ++last_ping, .disconnect_delay = static_cast<std::int32_t>(delay.count())});
  pings.on_ping(last_ping, now.steady);
  add_service(std::move(body), {.what = kind::ping, .value = last_ping}, now);
  return goes_before;
}

void client_session::machine::add_acks(moment now) {
  if (acks.empty()) return;
  auto part = take_some(acks);
  first_ack = now.steady;
  auto body = service::write(schema::msgs_ack{.msg_ids = part});
  add_service(std::move(body), {.what = kind::acks, .ids = std::move(part)}, now);
}

/// One message goes alone, unless it goes out again: its old id may not be the packet's.
packet_buffer client_session::machine::seal(moment now) {
  message_header header{.salt = salts.at(clock.second_at(now)), .session = session};
  bool const contain = plan.count() > 1 || !plan_repeats.empty();
  if (contain) {
    header.id = next_id(now);
    header.sequence = sequence.next(false);
    for (std::size_t i = 0; i < plan.count(); ++i) {
      if (auto* const which = requests.by_message(plan.id_of(i))) which->container = header.id;
    }
    auto const first = plan_first == 0 ? header.id : plan_first;
    remember(header.id, {.what = kind::container, .ids = plan_repeats, .value = first}, now);
  }
  auto const how = options.hide_lengths ? padding::to_step : padding::least;
  return plan.seal(key, header, contain, random, how);
}

}  // namespace mtp::MTP_ABI::mtproto
