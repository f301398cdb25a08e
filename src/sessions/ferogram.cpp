// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Integers are little-endian. A version (8 today; without one in version 1), the home data centre;
// one byte for the number of addresses, each with data centre, key if there is one, salt, time
// offset, "host:port", since version 3 flags; since version 2 the position of the updates, that of
// channels and peers (their numbers in two bytes), each with id, access hash, kind, since version 6
// the kind of channel, since version 8 a byte for communities; since version 4 where people were
// seen whose access hash is not good, since version 7 the token of a log-out. ferogram-session
// 0.6.6, src/lib.rs.
#include <mtp/sessions/ferogram.hpp>

#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sessions/secret_writer.hpp"

#include <algorithm>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;

constexpr std::uint8_t newest = 8;
constexpr std::uint8_t is_ipv6 = 1;
constexpr std::uint8_t is_media = 2;
constexpr std::uint8_t is_cdn = 8;
constexpr std::uint8_t no_shape = 0xff;
constexpr std::size_t max_host = 240;
constexpr std::size_t max_count = 0xffff;

enum class stored_kind : std::uint8_t { user, channel, chat };
constexpr peer_shape shapes[] = {peer_shape::broadcast, peer_shape::supergroup,
                                 peer_shape::gigagroup};

// --- Reading

/// In version 1 the file begins with the data centre itself, of which 2 to 5 look like a version;
/// but then three bytes of zero follow, and the number of data centres is no such byte.
std::uint8_t read_version(wire::reader& from, bytes_view file) {
  bool const bare =
      file.size() >= 5 && file[1] == 0 && file[2] == 0 && file[3] == 0 && file[4] != 0;
  if (bare) return 1;
  return from.number<std::uint8_t>();
}

void read_dc(wire::reader& from, std::uint8_t version, portable_session& out) {
  auto const dc = from.number<std::int32_t>();
  auto const key = flag(from) ? from.take(auth_key_size) : bytes_view();
  auto const salt = from.number<std::int64_t>();
  auto const offset = from.number<std::int32_t>();
  auto const text = from.take(from.number<std::uint8_t>());
  auto const flags = version >= 3 ? from.number<std::uint8_t>() : std::uint8_t{0};
  if (!from.ok() || (flags & is_cdn) != 0) return;
  auto address = split_address(as_text(text));
  require(from, is_dc(dc) && address);
  if (!from.ok()) return;
  auto& known = out.dcs[dc];
  address->media_only = (flags & is_media) != 0;
  known.addresses.push_back(*std::move(address));
  if (!key.empty()) known.auth_key = copied(key);
  if (salt != 0) known.salt = salt;
  if (offset != 0) known.time_offset = offset;
}

void read_updates(wire::reader& from, portable_session& out) {
  update_state at;
  at.pts = from.number<std::int32_t>();
  at.qts = from.number<std::int32_t>();
  at.date = from.number<std::int32_t>();
  at.seq = from.number<std::int32_t>();
  if (at.pts > 0) out.updates = at;
  for (auto left = from.number<std::uint16_t>(); left > 0 && from.ok(); --left) {
    auto const channel = from.number<std::int64_t>();
    out.channel_pts[channel] = from.number<std::int32_t>();
  }
}

peer_shape shape_of(std::uint8_t kind, bool community) {
  if (community) return peer_shape::community;
  return kind < std::size(shapes) ? shapes[kind] : peer_shape::unknown;
}

void read_peer(wire::reader& from, std::uint8_t version, portable_session& out) {
  portable_peer peer;
  peer.id.id = from.number<std::int64_t>();
  peer.access_hash = from.number<std::int64_t>();
  auto const kind = from.number<std::uint8_t>();
  auto const channel_kind = version >= 6 ? from.number<std::uint8_t>() : no_shape;
  bool const community = version >= 8 && flag(from);
  require(from, kind <= static_cast<std::uint8_t>(stored_kind::chat) && peer.id.id > 0);
  constexpr peer_kind kinds[] = {peer_kind::user, peer_kind::channel, peer_kind::chat};
  if (!from.ok()) return;
  peer.id.kind = kinds[kind];
  peer.shape = shape_of(channel_kind, community);
  out.peers.push_back(std::move(peer));
}

/// Where people were seen whose access hash is not good here: nobody else can use it.
void skip_min_peers(wire::reader& from) {
  constexpr std::size_t size_each = 8 + 8 + 4;
  std::size_t const count = from.number<std::uint16_t>();
  from.take(count * size_each);
}

void read_rest(wire::reader& from, std::uint8_t version, portable_session& out) {
  read_updates(from, out);
  for (auto left = from.number<std::uint16_t>(); left > 0 && from.ok(); --left)
    read_peer(from, version, out);
  if (version >= 4) skip_min_peers(from);
  if (version >= 7 && flag(from)) {
    out.future_auth_token = copied(from.take(from.number<std::uint16_t>()));
  }
}

// --- Writing

void write_address(secret_writer& out, int number, portable_dc const& dc, bool with_key,
                   portable_address const& address) {
  std::string const text = join_address(address);
  std::uint8_t flags = address.host.find(':') == std::string::npos ? 0 : is_ipv6;
  if (address.media_only) flags |= is_media;
  out.little(std::int32_t{number}).little(std::uint8_t{with_key});
  if (with_key) out.raw(dc.auth_key.reveal());
  out.little(dc.salt).little(dc.time_offset);
  out.little(static_cast<std::uint8_t>(text.size())).raw(as_bytes(text)).little(flags);
}

/// The addresses of a data centre, at least one if it has a key and any is known.
std::vector<portable_address> addresses_of(portable_session const& session, int dc) {
  auto const& known = session.dcs.at(dc);
  if (!known.addresses.empty() || known.auth_key.reveal().empty()) return known.addresses;
  auto const one = known_address(dc, session.test);
  return one ? std::vector{*one} : std::vector<portable_address>();
}

result<std::size_t> count_addresses(portable_session const& session) {
  std::size_t count = 0;
  for (auto const& [number, dc] : session.dcs) {
    auto const all = addresses_of(session, number);
    count += all.size();
    if (std::ranges::any_of(all, [](auto const& one) { return one.host.size() > max_host; }))
      return failed(portable_errc::does_not_fit);
  }
  if (count > 0xff) return failed(portable_errc::does_not_fit);
  return count;
}

void write_dcs(secret_writer& out, portable_session const& session) {
  for (auto const& [number, dc] : session.dcs) {
    bool with_key = dc.auth_key.reveal().size() == auth_key_size;
    for (auto const& address : addresses_of(session, number)) {
      write_address(out, number, dc, with_key, address);
      with_key = false;  // the first one has it
    }
  }
}

void write_updates(secret_writer& out, portable_session const& session) {
  auto const at = session.updates.value_or(update_state{});
  out.little(at.pts).little(at.qts).little(at.date).little(at.seq);
  std::size_t left = std::min(session.channel_pts.size(), max_count);
  out.little(static_cast<std::uint16_t>(left));
  for (auto one = session.channel_pts.begin(); left > 0; ++one, --left)
    out.little(one->first).little(one->second);
}

std::uint8_t shape_byte(peer_shape shape) {
  auto const found = std::ranges::find(shapes, shape);
  if (found == std::end(shapes)) return no_shape;
  return static_cast<std::uint8_t>(found - std::begin(shapes));
}

void write_peer(secret_writer& out, portable_peer const& peer) {
  auto const kind = peer.id.kind == peer_kind::user      ? stored_kind::user
                    : peer.id.kind == peer_kind::channel ? stored_kind::channel
                                                         : stored_kind::chat;
  out.little(peer.id.id).little(peer.access_hash).little(static_cast<std::uint8_t>(kind));
  out.little(shape_byte(peer.shape)).little(std::uint8_t{peer.shape == peer_shape::community});
}

void write_token(secret_writer& out, bytes_view token) {
  bool const there = !token.empty() && token.size() <= max_count;
  out.little(std::uint8_t{there});
  if (there) out.little(static_cast<std::uint16_t>(token.size())).raw(token);
}

}  // namespace

result<portable_session> read_ferogram(bytes_view file) {
  if (file.empty()) return failed(portable_errc::cut_short);
  wire::reader from(file);
  auto const version = read_version(from, file);
  if (version > newest) return failed(portable_errc::wrong_version);
  portable_session out;
  out.home_dc = from.number<std::int32_t>();
  require(from, is_dc(out.home_dc));
  for (auto left = from.number<std::uint8_t>(); left > 0 && from.ok(); --left)
    read_dc(from, version, out);
  if (version >= 2) read_rest(from, version, out);
  if (auto const problem = problem_of(from)) return failure{problem};
  if (auto const key = home_key(out); !key) return failure{key.error()};
  return out;
}

result<secret<bytes>> write_ferogram(portable_session const& session) {
  if (auto const key = home_key(session); !key) return failure{key.error()};
  auto const count = count_addresses(session);
  if (!count) return failure{count.error()};
  secret_writer out;
  out.little(newest).little(std::int32_t{session.home_dc});
  out.little(static_cast<std::uint8_t>(*count));
  write_dcs(out, session);
  write_updates(out, session);
  std::size_t const peers = std::min(session.peers.size(), max_count);
  out.little(static_cast<std::uint16_t>(peers));
  for (std::size_t i = 0; i < peers; ++i) write_peer(out, session.peers[i]);
  out.little(std::uint16_t{0});  // nobody whose access hash is not good
  write_token(out, session.future_auth_token.reveal());
  return out.take();
}

}  // namespace mtp::MTP_ABI
