// SPDX-License-Identifier: MIT OR Apache-2.0
//
// grammers-session 0.8 to 0.11, src/storages/sqlite.rs, version 1: data centres with both addresses
// as "host:port", the home among them, peers under marked ids with what they are in bits, the
// position of the updates.
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sqlite/database.hpp"
#include "sqlite/marked_id.hpp"

#include <mtp/sqlite/foreign_databases.hpp>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;
using namespace sqlite;

constexpr std::int64_t version = 1;
constexpr std::int64_t is_self = 1;
constexpr std::int64_t is_bot = 2;
constexpr std::int64_t is_supergroup = 4;
constexpr std::int64_t is_broadcast = 8;
constexpr std::int64_t is_gigagroup = is_supergroup | is_broadcast;

bool put_dc(statement& at, portable_session& out) {
  auto const ipv4 = split_address(at.text(1));
  auto const ipv6 = split_address(at.text(2));
  auto const key = at.blob(3);
  if (!is_dc(at.integer(0)) || (!key.empty() && key.size() != auth_key_size)) return false;
  auto& dc = out.dcs[static_cast<int>(at.integer(0))];
  if (ipv4) dc.addresses.push_back(*ipv4);
  if (ipv6) dc.addresses.push_back(*ipv6);
  dc.auth_key = copied(key);
  return true;
}

std::error_code read_dcs(database& from, portable_session& out) {
  std::error_code problem;
  auto const read =
      from.each("select dc_id, ipv4, ipv6, auth_key from dc_option", [&](statement& at) {
        if (!put_dc(at, out)) problem = portable_errc::bad_value;
      });
  if (read || problem) return read ? read : problem;
  auto const home = from.number("select dc_id from dc_home");
  if (!home) return home.error();
  if (!*home || !is_dc(**home)) return portable_errc::no_key;
  out.home_dc = static_cast<int>(**home);
  return {};
}

peer_shape shape_of(peer_kind kind, std::int64_t bits) {
  if (kind == peer_kind::user) return (bits & is_bot) != 0 ? peer_shape::bot : peer_shape::unknown;
  if ((bits & is_gigagroup) == is_gigagroup) return peer_shape::gigagroup;
  if ((bits & is_broadcast) != 0) return peer_shape::broadcast;
  return (bits & is_supergroup) != 0 ? peer_shape::supergroup : peer_shape::unknown;
}

std::int64_t bits_of(peer_shape shape) {
  switch (shape) {
    case peer_shape::bot: return is_bot;
    case peer_shape::gigagroup: return is_gigagroup;
    case peer_shape::broadcast: return is_broadcast;
    case peer_shape::supergroup:
    case peer_shape::forum: return is_supergroup;
    default: return 0;
  }
}

std::error_code read_peers(database& from, portable_session& out) {
  return from.each("select peer_id, hash, subtype from peer_info", [&](statement& at) {
    auto const id = from_marked(at.integer(0));
    if (!id) return;
    auto const bits = at.integer(2);
    bool const user = id->kind == peer_kind::user;
    if (user && (bits & is_self) != 0)
      out.self = portable_self{.id = id->id, .bot = (bits & is_bot) != 0};
    if (at.is_null(1) && id->kind != peer_kind::chat) return;  // of no use
    out.peers.push_back(
        {.id = *id, .access_hash = at.integer(1), .shape = shape_of(id->kind, bits)});
  });
}

std::error_code read_updates(database& from, portable_session& out) {
  auto const problem =
      from.each("select pts, qts, date, seq from update_state", [&](statement& at) {
        out.updates = update_state{
            .pts = at.small(0), .qts = at.small(1), .date = at.small(2), .seq = at.small(3)};
      });
  if (problem) return problem;
  return from.each("select peer_id, pts from channel_state", [&](statement& at) {
    out.channel_pts[channel_of(at.integer(0))] = at.small(1);
  });
}

// --- Writing

constexpr char const* schema = R"(
create table dc_home (dc_id integer not null, primary key (dc_id));
create table dc_option (dc_id integer not null, ipv4 text not null, ipv6 text not null,
                        auth_key blob, primary key (dc_id));
create table peer_info (peer_id integer not null, hash integer, subtype integer,
                        primary key (peer_id));
create table update_state (pts integer not null, qts integer not null, date integer not null,
                           seq integer not null);
create table channel_state (peer_id integer not null, pts integer not null, primary key (peer_id));
pragma user_version = 1;
)";

/// The addresses of a data centre of each family; one stands for the other that is not known.
struct both_addresses {
  std::string ipv4;
  std::string ipv6;
};

std::optional<both_addresses> addresses_of(portable_session const& session, int dc) {
  both_addresses out;
  auto const take = [&](portable_address const& one) {
    auto const packed = packed_address(one.host);
    if (!packed || one.media_only) return;
    auto& place = packed->size() == 4 ? out.ipv4 : out.ipv6;
    if (place.empty()) place = join_address(one);
  };
  for (auto const& one : session.dcs.at(dc).addresses) take(one);
  if (auto const known = known_address(dc, session.test)) take(*known);
  if (out.ipv4.empty()) return {};
  auto const ipv4 = *split_address(out.ipv4);
  if (out.ipv6.empty()) out.ipv6 = join_address({"::ffff:" + ipv4.host, ipv4.port});
  return out;
}

std::error_code write_dcs(database& to, portable_session const& session) {
  auto insert = to.prepare("insert into dc_option values (?, ?, ?, ?)");
  if (!insert) return insert.error();
  std::error_code problem;
  for (auto const& [number, dc] : session.dcs) {
    auto const addresses = addresses_of(session, number);
    bytes_view const key = dc.auth_key.reveal();
    if (!addresses && key.empty()) continue;
    if (!addresses) return portable_errc::no_address;
    insert->bind(0, std::int64_t{number}).bind(1, addresses->ipv4).bind(2, addresses->ipv6);
    if (!key.empty()) insert->bind(3, key);
    if (!problem) problem = insert->run();
  }
  auto home = to.prepare("insert into dc_home values (?)");
  if (!home) return home.error();
  return problem ? problem : home->bind(0, std::int64_t{session.home_dc}).run();
}

std::error_code write_peers(database& to, portable_session const& session) {
  auto insert = to.prepare("insert or replace into peer_info values (?, ?, ?)");
  if (!insert) return insert.error();
  auto const put = [&](peer_id id, std::optional<std::int64_t> hash, std::int64_t bits) {
    insert->bind(0, to_marked(id));
    if (hash) insert->bind(1, *hash);
    if (bits != 0) insert->bind(2, bits);
    return insert->run();
  };
  std::error_code problem;
  auto const self = session.self.value_or(portable_self{});
  peer_id const own{peer_kind::user, self.id};
  if (self.id != 0) problem = put(own, {}, is_self | (self.bot.value_or(false) ? is_bot : 0));
  for (auto const& peer : session.peers) {
    bool const me = self.id != 0 && peer.id == own;
    if (!problem)
      problem = put(peer.id, peer.access_hash, bits_of(peer.shape) | (me ? is_self : 0));
  }
  return problem;
}

std::error_code write_updates(database& to, portable_session const& session) {
  auto insert = to.prepare("insert into update_state values (?, ?, ?, ?)");
  auto channel_insert = to.prepare("insert into channel_state values (?, ?)");
  if (!insert || !channel_insert) return insert ? channel_insert.error() : insert.error();
  std::error_code problem;
  if (session.updates) {
    auto const& at = *session.updates;
    insert->bind(0, std::int64_t{at.pts}).bind(1, std::int64_t{at.qts});
    problem = insert->bind(2, std::int64_t{at.date}).bind(3, std::int64_t{at.seq}).run();
  }
  for (auto const& [channel, pts] : session.channel_pts) {
    if (!problem) problem = channel_insert->bind(0, channel).bind(1, std::int64_t{pts}).run();
  }
  return problem;
}

}  // namespace

result<portable_session> read_grammers_database(std::filesystem::path const& file) {
  auto from = database::open(file);
  if (!from) return failure{from.error()};
  auto const number = from->number("pragma user_version");
  if (!number) return failure{number.error()};
  if (*number != version) return failed(portable_errc::wrong_version);
  portable_session out;
  std::error_code problem = read_dcs(*from, out);
  if (!problem) problem = read_peers(*from, out);
  if (!problem) problem = read_updates(*from, out);
  if (problem) return failure{problem};
  if (auto const key = home_key(out); !key) return failure{key.error()};
  out.test = is_test_host(out.dcs[out.home_dc].addresses.empty()
                              ? std::string_view()
                              : out.dcs[out.home_dc].addresses.front().host);
  return out;
}

result<void> write_grammers_database(std::filesystem::path const& file,
                                     portable_session const& session) {
  if (auto const key = home_key(session); !key) return failure{key.error()};
  return make_database(file, [&](database& to) {
    auto problem = to.run(schema);
    if (!problem) problem = write_dcs(to, session);
    if (!problem) problem = write_peers(to, session);
    if (!problem) problem = write_updates(to, session);
    return problem;
  });
}

}  // namespace mtp::MTP_ABI
