// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Telethon 1.45, telethon/sessions/sqlite.py, and telethon/client/telegrambaseclient.py, which
// keeps the own id as the access hash of a peer of number 0. Before version 6 access hashes may be
// wrong.
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sqlite/database.hpp"
#include "sqlite/marked_id.hpp"

#include <mtp/sqlite/foreign_databases.hpp>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;
using namespace sqlite;

constexpr int newest = 8;
constexpr int with_updates = 4;
constexpr int with_good_hashes = 6;
constexpr int with_dates = 7;

result<portable_session> read_home(database& from) {
  result<portable_session> out = failed(portable_errc::no_key);
  auto const row = [&](statement& at) {
    auto const dc = at.integer(0);
    auto const port = at.integer(2);
    std::string const host(at.text(1));
    bool const possible = is_dc(dc) && is_host(host) && is_port(port);
    if (out || at.blob(3).empty()) return;  // the first one with a key
    if (possible) out = session_of(static_cast<int>(dc), at.blob(3));
    if (!possible) out = failed(portable_errc::bad_value);
    if (!out) return;
    out->dcs[out->home_dc].addresses = {{host, static_cast<std::uint16_t>(port)}};
    out->test = is_test_host(host);
  };
  auto const problem = from.each("select dc_id, server_address, port, auth_key from sessions", row);
  if (problem) return failure{problem};
  return out;
}

void put_peer(statement& at, portable_session& out) {
  auto const number = at.integer(0);
  if (number == 0 && is_user_id(at.integer(1))) out.self = portable_self{.id = at.integer(1)};
  auto const id = from_marked(number);
  if (!id) return;
  portable_peer peer{.id = *id, .access_hash = at.integer(1)};
  if (!at.text(2).empty()) peer.usernames.emplace_back(at.text(2));
  peer.phone = std::string(at.text(3));
  peer.name = at.text(4);
  peer.seen = at.small(5);
  out.peers.push_back(std::move(peer));
}

std::error_code read_peers(database& from, int version, portable_session& out) {
  if (version < with_good_hashes) return {};
  std::string const date = version >= with_dates ? "date" : "0";
  return from.each("select id, hash, username, phone, name, " + date + " from entities",
                   [&](statement& at) { put_peer(at, out); });
}

std::error_code read_updates(database& from, int version, portable_session& out) {
  if (version < with_updates) return {};
  return from.each("select id, pts, qts, date, seq from update_state", [&](statement& at) {
    auto const pts = at.small(1);
    if (at.integer(0) == 0) {
      out.updates =
          update_state{.pts = pts, .qts = at.small(2), .date = at.small(3), .seq = at.small(4)};
    } else {
      out.channel_pts[channel_of(at.integer(0))] = pts;
    }
  });
}

constexpr char const* schema = R"(
create table version (version integer primary key);
create table sessions (dc_id integer primary key, server_address text, port integer, auth_key blob,
                       takeout_id integer);
create table entities (id integer primary key, hash integer not null, username text, phone integer,
                       name text, date integer);
create table sent_files (md5_digest blob, file_size integer, type integer, id integer, hash integer,
                         primary key (md5_digest, file_size, type));
create table update_state (id integer primary key, pts integer, qts integer, date integer,
                           seq integer);
insert into version values (7);
)";

std::error_code write_peers(database& to, portable_session const& session) {
  auto insert = to.prepare("insert or replace into entities values (?, ?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  std::error_code problem;
  for (auto const& peer : session.peers) {
    insert->bind(0, to_marked(peer.id)).bind(1, peer.access_hash);
    if (!peer.usernames.empty()) insert->bind(2, peer.usernames.front());
    if (!peer.phone.reveal().empty()) insert->bind(3, peer.phone.reveal());
    if (!peer.name.empty()) insert->bind(4, peer.name);
    if (peer.seen != 0) insert->bind(5, std::int64_t{peer.seen});
    if (!problem) problem = insert->run();
  }
  if (session.self && !problem)
    problem = insert->bind(0, std::int64_t{0}).bind(1, session.self->id).run();
  return problem;
}

std::error_code write_updates(database& to, portable_session const& session) {
  auto insert = to.prepare("insert into update_state values (?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  auto const put = [&](std::int64_t id, update_state const& at) {
    insert->bind(0, id).bind(1, std::int64_t{at.pts}).bind(2, std::int64_t{at.qts});
    return insert->bind(3, std::int64_t{at.date}).bind(4, std::int64_t{at.seq}).run();
  };
  std::error_code problem;
  if (session.updates) problem = put(0, *session.updates);
  auto const date = session.updates ? session.updates->date : 0;
  for (auto const& [channel, pts] : session.channel_pts) {
    if (!problem) problem = put(channel, {.pts = pts, .date = date});
  }
  return problem;
}

std::error_code write_home(database& to, portable_session const& session, bytes_view key,
                           portable_address const& address) {
  auto insert = to.prepare("insert into sessions values (?, ?, ?, ?, null)");
  if (!insert) return insert.error();
  insert->bind(0, std::int64_t{session.home_dc}).bind(1, address.host);
  return insert->bind(2, std::int64_t{address.port}).bind(3, key).run();
}

}  // namespace

result<portable_session> read_telethon_database(std::filesystem::path const& file) {
  auto from = database::open(file);
  if (!from) return failure{from.error()};
  auto const version = from->number("select version from version");
  if (!version) return failure{version.error()};
  if (!*version || **version < 1 || **version > newest) return failed(portable_errc::wrong_version);
  int const number = static_cast<int>(**version);
  auto out = read_home(*from);
  if (!out) return out;
  if (auto const problem = read_peers(*from, number, *out)) return failure{problem};
  if (auto const problem = read_updates(*from, number, *out)) return failure{problem};
  return out;
}

result<void> write_telethon_database(std::filesystem::path const& file,
                                     portable_session const& session) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  auto const address = ip_address_of(session, session.home_dc);
  if (!address) return failed(portable_errc::no_address);
  return make_database(file, [&](database& to) {
    auto problem = to.run(schema);
    if (!problem) problem = write_home(to, session, *key, *address);
    if (!problem) problem = write_peers(to, session);
    if (!problem) problem = write_updates(to, session);
    return problem;
  });
}

}  // namespace mtp::MTP_ABI
