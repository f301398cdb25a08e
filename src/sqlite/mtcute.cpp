// SPDX-License-Identifier: MIT OR Apache-2.0
//
// mtcute 0.31, packages/core/src/storage/sqlite and .../highlevel/storage/service: a table of keys
// of data centres; a table of named values, among them "dc_main" and "dc_media" (addresses),
// "current_user" (a version, flags 1 bot and 2 usernames, the id, in TL), "updates_pts" and so on
// (four bytes each); a table of peers, whose access hash is two numbers of 32 bits as text, the low
// one first.
#include "sessions/mtcute_parts.hpp"
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sqlite/database.hpp"
#include "sqlite/marked_id.hpp"

#include <mtp/sqlite/foreign_databases.hpp>

#include <charconv>
#include <map>
#include <utility>

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;
using namespace sqlite;

constexpr std::string_view channel_prefix = "updates_channel:";

using values = std::map<std::string, secret<bytes>>;

std::error_code check_versions(database& from) {
  std::map<std::string, std::int64_t> const newest = {
      {"auth_keys", 1}, {"kv", 1}, {"peers", 2}, {"ref_messages", 1}};
  std::error_code problem;
  auto const read = from.each("select repo, version from mtcute_migrations", [&](statement& at) {
    auto const known = newest.find(std::string(at.text(0)));
    bool const newer = known != newest.end() && at.integer(1) > known->second;
    if (newer) problem = portable_errc::wrong_version;
  });
  return read ? read : problem;
}

result<values> read_values(database& from) {
  values out;
  auto const problem = from.each("select key, value from key_value", [&](statement& at) {
    out[std::string(at.text(0))] = copied(at.blob(1));
  });
  if (problem) return failure{problem};
  return out;
}

std::optional<std::int32_t> number_of(values const& all, std::string const& name) {
  auto const found = all.find(name);
  if (found == all.end() || found->second.reveal().size() != 4) return {};
  return load_le<std::int32_t>(found->second.reveal().data());
}

/// The home data centre and its addresses.
std::error_code read_addresses(values const& all, portable_session& out) {
  for (char const* name : {"dc_main", "dc_media"}) {
    auto const found = all.find(name);
    if (found == all.end()) continue;
    auto one = read_mtcute_address(found->second.reveal());
    if (!one) return one.error();
    bool const main = std::string_view(name) == "dc_main";
    if (main) out.home_dc = one->dc;
    if (main) out.test = one->test;
    one->address.media_only = !main;
    out.dcs[one->dc].addresses.push_back(std::move(one->address));
  }
  if (out.home_dc == 0) out.home_dc = 2;  // where mtcute begins
  return {};
}

std::error_code read_self(values const& all, portable_session& out) {
  auto const found = all.find("current_user");
  if (found == all.end() || found->second.reveal().empty()) return {};
  wire::reader from(found->second.reveal());
  if (from.number<std::int32_t>() != 1) return portable_errc::wrong_version;
  auto const flags = from.number<std::int32_t>();
  auto const id = from.number<std::int64_t>();
  if (!from.ok()) return portable_errc::cut_short;
  if (!is_user_id(id)) return portable_errc::bad_value;
  out.self = portable_self{.id = id, .bot = (flags & 1) != 0};
  return {};
}

void read_updates(values const& all, portable_session& out) {
  auto const part = [&](char const* name) { return number_of(all, name).value_or(0); };
  if (number_of(all, "updates_pts")) {
    out.updates = update_state{.pts = part("updates_pts"),
                               .qts = part("updates_qts"),
                               .date = part("updates_date"),
                               .seq = part("updates_seq")};
  }
  for (auto const& [name, value] : all) {
    if (!name.starts_with(channel_prefix)) continue;
    std::int64_t channel = 0;
    std::from_chars(name.data() + channel_prefix.size(), name.data() + name.size(), channel);
    auto const pts = number_of(all, name);
    if (channel > 0 && pts) out.channel_pts[channel] = *pts;
  }
}

std::error_code read_keys(database& from, portable_session& out) {
  std::error_code problem;
  auto const read = from.each("select dc, key from auth_keys", [&](statement& at) {
    bool const possible = is_dc(at.integer(0)) && at.blob(1).size() == auth_key_size;
    if (!possible) problem = portable_errc::bad_value;
    if (possible) out.dcs[static_cast<int>(at.integer(0))].auth_key = copied(at.blob(1));
  });
  return read ? read : problem;
}

std::optional<std::int64_t> hash_of(std::string_view text) {
  std::int64_t low = 0;
  std::int64_t high = 0;
  auto const* const end = text.data() + text.size();
  auto const first = std::from_chars(text.data(), end, low);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '|') return {};
  auto const second = std::from_chars(first.ptr + 1, end, high);
  if (second.ec != std::errc() || second.ptr != end) return {};
  auto const whole = static_cast<std::uint64_t>(high) << 32 | static_cast<std::uint32_t>(low);
  return static_cast<std::int64_t>(whole);
}

std::string text_of(std::int64_t hash) {
  return std::to_string(static_cast<std::int32_t>(hash)) + '|' +
         std::to_string(static_cast<std::int32_t>(hash >> 32));
}

/// The names in a list of JSON. Usernames have no characters that are written otherwise there.
std::vector<std::string> names_of(std::string_view json) {
  std::vector<std::string> out;
  for (auto begin = json.find('"'); begin != std::string_view::npos;) {
    auto const end = json.find('"', begin + 1);
    if (end == std::string_view::npos) break;
    out.emplace_back(json.substr(begin + 1, end - begin - 1));
    begin = json.find('"', end + 1);
  }
  return out;
}

std::error_code read_peers(database& from, portable_session& out) {
  auto const row = [&](statement& at) {
    auto const id = from_marked(at.integer(0));
    bool const chat = id && id->kind == peer_kind::chat;
    auto const hash = chat ? std::int64_t{0} : hash_of(at.text(1));
    if (!id || !hash) return;
    portable_peer peer{.id = *id, .access_hash = *hash, .usernames = names_of(at.text(2))};
    peer.phone = std::string(at.text(3));
    auto const seconds = at.integer(4) / 1000;
    if (seconds > 0 && seconds <= 0x7fffffff) peer.seen = static_cast<std::int32_t>(seconds);
    out.peers.push_back(std::move(peer));
  };
  // A hash that somebody was seen with in passing is of no use.
  return from.each("select id, hash, usernames, phone, updated from peers where not isMin", row);
}

// --- Writing

constexpr char const* schema = R"(
create table mtcute_migrations (repo text not null primary key, version integer not null);
create table auth_keys (dc integer primary key, key blob not null);
create table temp_auth_keys (dc integer not null, idx integer not null, key blob not null,
                             expires integer not null, primary key (dc, idx));
create table key_value (key text primary key, value blob not null);
create table peers (id integer primary key, hash text not null, usernames json not null,
                    updated integer not null, phone text, complete blob,
                    isMin integer not null default false);
create index idx_peers_usernames on peers (usernames);
create index idx_peers_phone on peers (phone);
create table message_refs (peer_id integer not null, chat_id integer not null,
                           msg_id integer not null);
create index idx_message_refs_peer on message_refs (peer_id);
create index idx_message_refs on message_refs (chat_id, msg_id);
insert into mtcute_migrations values ('auth_keys', 1), ('kv', 1), ('peers', 2), ('ref_messages', 1);
)";

bytes four_bytes(std::int32_t value) {
  bytes out(4);
  store_le(out.data(), value);
  return out;
}

bytes self_value(portable_self const& self) {
  return wire::writer()
      .number(std::int32_t{1})
      .number(std::int32_t{self.bot.value_or(false)})
      .number(self.id)
      .take();
}

/// The named values of a session, but for addresses.
std::map<std::string, bytes> values_of(portable_session const& session) {
  std::map<std::string, bytes> out;
  if (session.self && session.self->bot) out["current_user"] = self_value(*session.self);
  if (session.updates) {
    out["updates_pts"] = four_bytes(session.updates->pts);
    out["updates_qts"] = four_bytes(session.updates->qts);
    out["updates_date"] = four_bytes(session.updates->date);
    out["updates_seq"] = four_bytes(session.updates->seq);
  }
  for (auto const& [channel, pts] : session.channel_pts)
    out[std::string(channel_prefix) + std::to_string(channel)] = four_bytes(pts);
  return out;
}

std::error_code write_values(database& to, portable_session const& session,
                             portable_address const& main) {
  auto all = values_of(session);
  auto const packed = [&](portable_address const& address) {
    return write_mtcute_address({.dc = session.home_dc, .test = session.test, .address = address});
  };
  all["dc_main"] = packed(main);
  for (auto const& one : session.dcs.at(session.home_dc).addresses) {
    if (one.media_only && !all.contains("dc_media")) all["dc_media"] = packed(one);
  }
  auto insert = to.prepare("insert into key_value values (?, ?)");
  if (!insert) return insert.error();
  std::error_code problem;
  for (auto const& [name, value] : all) {
    if (!problem) problem = insert->bind(0, name).bind(1, bytes_view(value)).run();
  }
  return problem;
}

std::error_code write_keys(database& to, portable_session const& session) {
  auto insert = to.prepare("insert into auth_keys values (?, ?)");
  if (!insert) return insert.error();
  std::error_code problem;
  for (auto const& [number, dc] : session.dcs) {
    bytes_view const key = dc.auth_key.reveal();
    if (!problem && !key.empty())
      problem = insert->bind(0, std::int64_t{number}).bind(1, key).run();
  }
  return problem;
}

std::string json_of(std::vector<std::string> const& names) {
  std::string out;
  for (auto const& name : names) {
    if (name.find_first_of("\"\\") == std::string::npos) out += ",\"" + name + '"';
  }
  return '[' + (out.empty() ? out : out.substr(1)) + ']';
}

std::error_code write_peers(database& to, portable_session const& session) {
  auto insert = to.prepare(
      "insert or replace into peers (id, hash, usernames, updated, phone, complete) "
      "values (?, ?, ?, ?, ?, x'')");
  if (!insert) return insert.error();
  std::error_code problem;
  for (auto const& peer : session.peers) {
    insert->bind(0, to_marked(peer.id));
    insert->bind(1, peer.id.kind == peer_kind::chat ? "" : text_of(peer.access_hash));
    insert->bind(2, json_of(peer.usernames)).bind(3, std::int64_t{peer.seen} * 1000);
    if (!peer.phone.reveal().empty()) insert->bind(4, peer.phone.reveal());
    if (!problem) problem = insert->run();
  }
  return problem;
}

}  // namespace

result<portable_session> read_mtcute_database(std::filesystem::path const& file) {
  auto from = database::open(file);
  if (!from) return failure{from.error()};
  if (auto const problem = check_versions(*from)) return failure{problem};
  auto const all = read_values(*from);
  if (!all) return failure{all.error()};
  portable_session out;
  std::error_code problem = read_addresses(*all, out);
  if (!problem) problem = read_self(*all, out);
  if (!problem) problem = read_keys(*from, out);
  if (!problem) problem = read_peers(*from, out);
  if (problem) return failure{problem};
  read_updates(*all, out);
  if (auto const key = home_key(out); !key) return failure{key.error()};
  return out;
}

result<void> write_mtcute_database(std::filesystem::path const& file,
                                   portable_session const& session) {
  if (auto const key = home_key(session); !key) return failure{key.error()};
  auto const main = address_of(session, session.home_dc);
  if (!main) return failed(portable_errc::no_address);
  return make_database(file, [&](database& to) {
    auto problem = to.run(schema);
    if (!problem) problem = write_values(to, session, *main);
    if (!problem) problem = write_keys(to, session);
    if (!problem) problem = write_peers(to, session);
    return problem;
  });
}

}  // namespace mtp::MTP_ABI
