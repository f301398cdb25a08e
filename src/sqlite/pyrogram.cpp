// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Pyrogram 2.0.106 (version 3) and kurigram 2.2.26 (version 7), pyrogram/storage/sqlite_storage.py.
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sqlite/database.hpp"
#include "sqlite/marked_id.hpp"
#include "sqlite/pyrogram_schema.hpp"

#include <mtp/sqlite/foreign_databases.hpp>

#include <limits>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;
using namespace sqlite;

constexpr int newest = 7;
constexpr int with_peers = 2;
constexpr int with_api_id = 3;
constexpr int with_usernames = 4;
constexpr int with_updates = 5;
constexpr int with_address = 7;

bool is_number(std::int64_t value) {
  return value >= 0 && value <= std::numeric_limits<std::int32_t>::max();
}

void put_address(statement& at, portable_session& out) {
  auto const port = at.integer(7);
  std::string host(at.text(6));
  if (is_host(host) && is_port(port))
    out.dcs[out.home_dc].addresses = {{std::move(host), static_cast<std::uint16_t>(port)}};
}

result<portable_session> session_at(statement& at) {
  if (!is_dc(at.integer(0)) || !is_number(at.integer(1))) return failed(portable_errc::bad_value);
  auto out = session_of(static_cast<int>(at.integer(0)), at.blob(3));
  if (!out) return out;
  out->api_id = static_cast<std::int32_t>(at.integer(1));
  out->test = at.integer(2) != 0;
  if (is_user_id(at.integer(4)))
    out->self = portable_self{.id = at.integer(4), .bot = at.integer(5) != 0};
  put_address(at, *out);
  return out;
}

result<portable_session> read_home(database& from, int version) {
  std::string query = "select dc_id, ";
  query += version >= with_api_id ? "api_id" : "0";
  query += ", test_mode, auth_key, user_id, is_bot, ";
  query += version >= with_address ? "server_address, port" : "null, null";
  result<portable_session> out = failed(portable_errc::no_key);
  bool first = true;
  auto const problem = from.each(query + " from sessions", [&](statement& at) {
    if (std::exchange(first, false)) out = session_at(at);
  });
  if (problem) return failure{problem};
  return out;
}

std::error_code read_peers(database& from, int version, portable_session& out) {
  if (version < with_peers) return {};
  std::string query = "select id, access_hash, type, phone_number, last_update_on, ";
  query += version >= with_usernames ? "null" : "username";
  return from.each(query + " from peers", [&](statement& at) {
    auto const id = from_marked(at.integer(0));
    if (!id) return;
    portable_peer peer{.id = *id, .access_hash = at.integer(1), .shape = shape_of(at.text(2))};
    peer.phone = std::string(at.text(3));
    peer.seen = at.small(4);
    if (!at.text(5).empty()) peer.usernames.emplace_back(at.text(5));
    out.peers.push_back(std::move(peer));
  });
}

std::error_code read_usernames(database& from, int version, portable_session& out) {
  if (version < with_usernames) return {};
  std::map<peer_id, portable_peer*> by_id;
  for (auto& peer : out.peers) by_id[peer.id] = &peer;
  return from.each("select id, username from usernames order by rowid", [&](statement& at) {
    auto const id = from_marked(at.integer(0));
    auto const found = id ? by_id.find(*id) : by_id.end();
    if (found != by_id.end()) found->second->usernames.emplace_back(at.text(1));
  });
}

std::error_code read_updates(database& from, int version, portable_session& out) {
  if (version < with_updates) return {};
  return from.each("select id, pts, qts, date, seq from update_state", [&](statement& at) {
    if (at.integer(0) == 0) {
      out.updates = update_state{
          .pts = at.small(1), .qts = at.small(2), .date = at.small(3), .seq = at.small(4)};
    } else {
      out.channel_pts[channel_of(at.integer(0))] = at.small(1);
    }
  });
}

}  // namespace

result<portable_session> read_pyrogram_database(std::filesystem::path const& file) {
  auto from = database::open(file);
  if (!from) return failure{from.error()};
  auto const version = from->number("select number from version");
  if (!version) return failure{version.error()};
  if (!*version || **version < 1 || **version > newest) return failed(portable_errc::wrong_version);
  int const number = static_cast<int>(**version);
  auto out = read_home(*from, number);
  if (!out) return out;
  for (auto* part : {read_peers, read_usernames, read_updates}) {
    if (auto const problem = part(*from, number, *out)) return failure{problem};
  }
  return out;
}

}  // namespace mtp::MTP_ABI
