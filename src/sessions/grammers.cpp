// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Written in TL, with these constructors, all of them boxed:
//   dataCenter flags:# id:int ipv4:flags.0?int ipv6:flags.1?int128 port:int auth:flags.2?bytes
//   user id:long dc:int bot:Bool
//   channelState channel_id:long pts:int
//   updateState pts:int qts:int date:int seq:int channels:Vector<ChannelState>
//   session flags:# dcs:Vector<DataCenter> user:flags.0?User state:flags.1?UpdateState
// grammers-session 0.7, build.rs and src/lib.rs; 0.8.0 writes both addresses of a data centre, with
// their bytes in reverse order.
#include <mtp/sessions/grammers.hpp>

#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

#include <algorithm>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

// Their generator replaces the word bytes in a way of its own before it counts the CRC.
constexpr std::uint32_t data_center_id = 0x756d16b6;
constexpr std::uint32_t data_center_plain_id = 0x873e88db;
constexpr std::uint32_t user_id = 0x672f428d;
constexpr std::uint32_t channel_state_id = 0xc2b0f8cd;
constexpr std::uint32_t update_state_id = 0xd0cadcc1;
constexpr std::uint32_t session_id = 0xa73eb8ce;
constexpr std::uint32_t vector_id = 0x1cb5c415;

constexpr std::uint32_t has_ipv4 = 1;
constexpr std::uint32_t has_ipv6 = 2;
constexpr std::uint32_t has_key = 4;
constexpr std::uint32_t has_user = 1;
constexpr std::uint32_t has_state = 2;

// --- Reading

void expect(wire::reader& from, std::uint32_t id) {
  require(from, from.number<std::uint32_t>() == id);
}

/// The number of elements of a vector, each of which takes at least `least` bytes.
std::uint32_t count(wire::reader& from, std::size_t least) {
  expect(from, vector_id);
  auto const out = from.number<std::uint32_t>();
  if (out > from.rest().size() / least) from.fail(wire::read_error::cut_short);
  return from.ok() ? out : 0;
}

void add_address(portable_dc& dc, bytes_view packed, bool reversed, std::int32_t port) {
  bytes raw(packed.begin(), packed.end());
  if (reversed) std::ranges::reverse(raw);
  dc.addresses.push_back({.host = address_text(raw), .port = static_cast<std::uint16_t>(port)});
}

void read_dc(wire::reader& from, portable_session& out) {
  auto const constructor = from.number<std::uint32_t>();
  require(from, constructor == data_center_id || constructor == data_center_plain_id);
  auto const flags = from.number<std::uint32_t>();
  auto const number = from.number<std::int32_t>();
  auto const ipv4 = from.take((flags & has_ipv4) != 0 ? 4 : 0);
  auto const ipv6 = from.take((flags & has_ipv6) != 0 ? 16 : 0);
  auto const port = from.number<std::int32_t>();
  auto const key = (flags & has_key) != 0 ? from.text() : bytes_view();
  require(from, flags <= (has_ipv4 | has_ipv6 | has_key) && is_dc(number));
  require(from, is_port(port) && (key.empty() || key.size() == auth_key_size));
  if (!from.ok()) return;
  bool const reversed = !ipv4.empty() && !ipv6.empty();
  auto& dc = out.dcs[number];
  if (!ipv4.empty()) add_address(dc, ipv4, reversed, port);
  if (!ipv6.empty()) add_address(dc, ipv6, reversed, port);
  if (!key.empty()) dc.auth_key = copied(key);
}

void read_user(wire::reader& from, portable_session& out) {
  expect(from, user_id);
  auto const id = from.number<std::int64_t>();
  out.home_dc = from.number<std::int32_t>();
  auto const bot = from.number<std::uint32_t>();
  require(from, id >= 0 && id <= max_user_id && (bot == bool_true || bot == bool_false));
  if (id != 0) out.self = portable_self{.id = id, .bot = bot == bool_true};
}

void read_state(wire::reader& from, portable_session& out) {
  expect(from, update_state_id);
  update_state at;
  at.pts = from.number<std::int32_t>();
  at.qts = from.number<std::int32_t>();
  at.date = from.number<std::int32_t>();
  at.seq = from.number<std::int32_t>();
  out.updates = at;
  for (auto left = count(from, 16); left > 0 && from.ok(); --left) {
    expect(from, channel_state_id);
    auto const channel = from.number<std::int64_t>();
    out.channel_pts[channel] = from.number<std::int32_t>();
  }
}

// --- Writing

void write_dc(secret_writer& out, int number, portable_dc const& dc,
              portable_address const& address, bytes_view packed) {
  bool const key = !dc.auth_key.reveal().empty();
  auto const kind = packed.size() == 4 ? has_ipv4 : has_ipv6;
  out.little(data_center_id).little(kind | (key ? has_key : 0U)).little(std::int32_t{number});
  out.raw(packed).little(std::int32_t{address.port});
  if (key) out.text(dc.auth_key.reveal());
}

result<secret<bytes>> written_dcs(portable_session const& session) {
  secret_writer all;
  std::uint32_t count = 0;
  for (auto const& [number, dc] : session.dcs) {
    auto const address = ip_address_of(session, number);
    if (!address && dc.auth_key.reveal().empty()) continue;
    if (!address) return failed(portable_errc::no_address);
    write_dc(all, number, dc, *address, *packed_address(address->host));
    ++count;
  }
  secret_writer out;
  return out.little(vector_id).little(count).raw(all.take().reveal()).take();
}

void write_state(secret_writer& out, portable_session const& session) {
  auto const& at = *session.updates;
  out.little(update_state_id).little(at.pts).little(at.qts).little(at.date).little(at.seq);
  out.little(vector_id).little(static_cast<std::uint32_t>(session.channel_pts.size()));
  for (auto const& [channel, pts] : session.channel_pts)
    out.little(channel_state_id).little(channel).little(pts);
}

}  // namespace

result<portable_session> read_grammers(bytes_view file) {
  wire::reader from(file);
  auto const constructor = from.number<std::uint32_t>();
  if (from.ok() && constructor != session_id) return failed(portable_errc::wrong_version);
  auto const flags = from.number<std::uint32_t>();
  require(from, flags <= (has_user | has_state));
  portable_session out;
  for (auto left = count(from, 16); left > 0 && from.ok(); --left) read_dc(from, out);
  if ((flags & has_user) != 0) read_user(from, out);
  if ((flags & has_state) != 0) read_state(from, out);
  if (auto const problem = problem_of(from)) return failure{problem};
  if (auto const key = home_key(out); !key) return failure{key.error()};
  return out;
}

result<secret<bytes>> write_grammers(portable_session const& session) {
  if (auto const key = home_key(session); !key) return failure{key.error()};
  if (!session.self) return failed(portable_errc::no_user);
  auto const dcs = written_dcs(session);
  if (!dcs) return failure{dcs.error()};
  secret_writer out;
  out.little(session_id).little(has_user | (session.updates ? has_state : 0U)).raw(dcs->reveal());
  out.little(user_id).little(session.self->id).little(std::int32_t{session.home_dc});
  out.little(session.self->bot.value_or(false) ? bool_true : bool_false);
  if (session.updates) write_state(out, session);
  return out.take();
}

}  // namespace mtp::MTP_ABI
