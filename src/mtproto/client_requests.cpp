// SPDX-License-Identifier: MIT OR Apache-2.0
// Which requests go into the next packet.
//
// Interactive requests go before normal ones, and those before bulk. Two rules keep the lower lanes
// alive: while normal requests wait, a quarter of each packet is theirs; while bulk waits, it gets
// one packet in five. So an urgent request waits for one packet at most, and nothing without end.
#include "mtproto/client_machine.hpp"

namespace mtp::MTP_ABI::mtproto {
namespace {

constexpr std::size_t max_messages = 1000;  // in a container; 1024 are allowed
constexpr std::size_t urgent_share = max_packet_size / 4 * 3;
constexpr int packets_before_bulk = 4;

}  // namespace

/// The first message of a packet always has room.
bool client_session::machine::has_room(std::size_t size, std::size_t limit) const {
  return plan.empty() || (plan.count() < max_messages && plan.size() + size <= limit);
}

void client_session::machine::add_requests(moment now) {
  bool const bulk = requests.next_of(lane::bulk) != nullptr;
  bool const small = requests.next_of(lane::interactive) || requests.next_of(lane::normal);
  bool const turn_of_bulk = bulk && (!small || since_bulk >= packets_before_bulk);
  if (!turn_of_bulk) add_small(now);
  if (turn_of_bulk && plan.empty()) add_bulk(now);
  bool const passed_over = bulk && !turn_of_bulk;
  if (passed_over) ++since_bulk;
}

void client_session::machine::add_small(moment now) {
  bool const contended = requests.next_of(lane::normal) != nullptr;
  add_from(lane::interactive, contended ? urgent_share : max_packet_size, now);
  add_from(lane::normal, max_packet_size, now);
  add_from(lane::interactive, max_packet_size, now);
}

/// Parts of files are so long that each has a packet for itself; short ones share one.
void client_session::machine::add_bulk(moment now) {
  add_from(lane::bulk, max_packet_size, now);
  since_bulk = 0;
}

void client_session::machine::add_from(lane which, std::size_t limit, moment now) {
  while (auto* const next = requests.next_of(which)) {
    if (!has_room(next->body.size(), limit)) return;
    if (!add_request(*next, now)) continue;
    if (plan.size() >= limit) return;
  }
}

/// Puts a request into the packet, unless its object cannot be made.
bool client_session::machine::add_request(request& which, moment now) {
  bool const again = which.at == request::stage::again;
  if (again) {
    requests.on_repeated(which);
    plan_repeats.push_back(which.id);
  } else {
    auto const id = next_id(now);
    if (!build(which, id)) return false;
    requests.on_written(which, id, sequence.next(true));
    if (plan_first == 0) plan_first = id;
  }
  which.connection = connection;
  if (!quiet_since) quiet_since = now.steady;
  quiet_timeout = options.quiet_timeout;
  watch_over(which, now);
  plan.add(which.id, which.sequence, bytes_view(which.body));
  return true;
}

/// Makes the object of a request that depends on its place.
bool client_session::machine::build(request& which, std::int64_t id) {
  if (!which.build) return true;
  auto body = which.build({id, session, requests.predecessor_of(which)});
  if (body.empty() || body.size() % 4 != 0) {
    abandon(which, client_errc::encode);
    return false;
  }
  set_body(which, std::move(body));
  return true;
}

void client_session::machine::set_body(request& which, slice body) const {
  which.head = wire::constructor_of(body);
  bool const worth = which.compressible && body.size() >= options.compress_from;
  auto packed = worth ? service::useful_deflation(body) : std::nullopt;
  which.body = packed ? slice(*std::move(packed)) : std::move(body);
}

}  // namespace mtp::MTP_ABI::mtproto
