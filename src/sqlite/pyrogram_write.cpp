// SPDX-License-Identifier: MIT OR Apache-2.0
#include "sessions/parts.hpp"
#include "sessions/reading.hpp"
#include "sqlite/database.hpp"
#include "sqlite/marked_id.hpp"
#include "sqlite/pyrogram_schema.hpp"

#include <mtp/sqlite/foreign_databases.hpp>

namespace mtp::MTP_ABI::sqlite {

namespace {

struct named_shape {
  peer_shape shape;
  std::string_view type;
};

constexpr named_shape names[] = {
    {peer_shape::bot, "bot"},
    {peer_shape::broadcast, "channel"},
    {peer_shape::forum, "forum"},
    {peer_shape::direct, "direct"},
    {peer_shape::gigagroup, "channel"},
    {peer_shape::community, "community"},
    {peer_shape::supergroup, "supergroup"},
};

}  // namespace

std::string_view type_of(portable_peer const& peer) {
  if (peer.id.kind == peer_kind::chat) return "group";
  for (auto const& [shape, type] : names) {
    bool const fits = (peer.id.kind == peer_kind::user) == (shape == peer_shape::bot);
    if (shape == peer.shape && fits) return type;
  }
  return peer.id.kind == peer_kind::user ? "user" : "supergroup";
}

peer_shape shape_of(std::string_view type) {
  for (auto const& [shape, name] : names) {
    if (name == type) return shape;
  }
  return peer_shape::unknown;
}

}  // namespace mtp::MTP_ABI::sqlite

namespace mtp::MTP_ABI {
namespace {

using namespace sessions;
using namespace sqlite;

constexpr char const* old_schema = R"(
create table sessions (dc_id integer primary key, api_id integer, test_mode integer, auth_key blob,
                       date integer not null, user_id integer, is_bot integer);
create table peers (id integer primary key, access_hash integer, type integer not null,
                    username text, phone_number text,
                    last_update_on integer not null default (cast(strftime('%s', 'now') as integer)));
create table version (number integer primary key);
create index idx_peers_id on peers (id);
create index idx_peers_username on peers (username);
create index idx_peers_phone_number on peers (phone_number);
insert into version values (3);
)";

constexpr char const* new_schema = R"(
create table sessions (dc_id integer primary key, server_address text, port integer, api_id integer,
                       test_mode integer, auth_key blob, date integer not null, user_id integer,
                       is_bot integer);
create table peers (id integer primary key, access_hash integer, type integer not null,
                    phone_number text,
                    last_update_on integer not null default (cast(strftime('%s', 'now') as integer)));
create table usernames (id integer, username text, foreign key (id) references peers(id));
create table update_state (id integer primary key, pts integer, qts integer, date integer,
                           seq integer);
create table version (number integer primary key);
create index idx_peers_id on peers (id);
create index idx_peers_phone_number on peers (phone_number);
create index idx_usernames_id on usernames (id);
create index idx_usernames_username on usernames (username);
insert into version values (7);
)";

/// Both have it.
constexpr char const* trigger = R"(
create trigger trg_peers_last_update_on after update on peers begin
  update peers set last_update_on = cast(strftime('%s', 'now') as integer) where id = new.id;
end;
)";

std::error_code write_home(database& to, portable_session const& session, bytes_view key) {
  auto insert = to.prepare(
      "insert into sessions (dc_id, api_id, test_mode, auth_key, date, user_id, is_bot) "
      "values (?, ?, ?, ?, 0, ?, ?)");
  if (!insert) return insert.error();
  insert->bind(0, std::int64_t{session.home_dc});
  if (session.api_id > 0) insert->bind(1, std::int64_t{session.api_id});
  insert->bind(2, std::int64_t{session.test}).bind(3, key).bind(4, session.self->id);
  return insert->bind(5, std::int64_t{*session.self->bot}).run();
}

std::error_code write_address(database& to, portable_address const& address) {
  auto update = to.prepare("update sessions set server_address = ?, port = ?");
  if (!update) return update.error();
  return update->bind(0, address.host).bind(1, std::int64_t{address.port}).run();
}

std::error_code write_peers(database& to, portable_session const& session) {
  auto insert = to.prepare(
      "insert or replace into peers (id, access_hash, type, phone_number, last_update_on) "
      "values (?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  std::error_code problem;
  for (auto const& peer : session.peers) {
    insert->bind(0, to_marked(peer.id)).bind(1, peer.access_hash).bind(2, type_of(peer));
    if (!peer.phone.reveal().empty()) insert->bind(3, peer.phone.reveal());
    insert->bind(4, std::int64_t{peer.seen});
    if (!problem) problem = insert->run();
  }
  return problem;
}

/// With `query`, which takes the id of a peer and a name.
std::error_code write_usernames(database& to, portable_session const& session, char const* query) {
  auto insert = to.prepare(query);
  if (!insert) return insert.error();
  std::error_code problem;
  for (auto const& peer : session.peers) {
    for (auto const& name : peer.usernames) {
      if (!problem) problem = insert->bind(0, to_marked(peer.id)).bind(1, name).run();
    }
  }
  return problem;
}

std::error_code write_updates(database& to, portable_session const& session) {
  auto insert = to.prepare("insert into update_state values (?, ?, ?, ?, ?)");
  if (!insert) return insert.error();
  std::error_code problem;
  if (session.updates) {
    auto const& at = *session.updates;
    insert->bind(0, std::int64_t{0}).bind(1, std::int64_t{at.pts}).bind(2, std::int64_t{at.qts});
    problem = insert->bind(3, std::int64_t{at.date}).bind(4, std::int64_t{at.seq}).run();
  }
  for (auto const& [channel, pts] : session.channel_pts) {
    insert->bind(0, to_marked({peer_kind::channel, channel})).bind(1, std::int64_t{pts});
    if (!problem) problem = insert->run();
  }
  return problem;
}

std::error_code fill_pyrogram(database& to, portable_session const& session, bytes_view key) {
  auto problem = to.run(old_schema);
  if (!problem) problem = write_home(to, session, key);
  if (!problem) problem = write_peers(to, session);
  if (!problem) {
    problem = write_usernames(to, session,
                              "update peers set username = ?2 where id = ?1 and username is null");
  }
  return problem ? problem : to.run(trigger);
}

std::error_code fill_kurigram(database& to, portable_session const& session, bytes_view key,
                              portable_address const& address) {
  auto problem = to.run(new_schema);
  if (!problem) problem = write_home(to, session, key);
  if (!problem) problem = write_address(to, address);
  if (!problem) problem = write_peers(to, session);
  if (!problem) problem = write_usernames(to, session, "insert into usernames values (?1, ?2)");
  if (!problem) problem = write_updates(to, session);
  return problem ? problem : to.run(trigger);
}

}  // namespace

result<void> write_pyrogram_database(std::filesystem::path const& file,
                                     portable_session const& session, pyrogram_schema schema) {
  auto const key = home_key(session);
  if (!key) return failure{key.error()};
  if (!session.self || !session.self->bot) return failed(portable_errc::no_user);
  if (schema == pyrogram_schema::pyrogram)
    return make_database(file, [&](database& to) { return fill_pyrogram(to, session, *key); });
  auto const address = address_of(session, session.home_dc);
  if (!address) return failed(portable_errc::no_address);
  return make_database(file,
                       [&](database& to) { return fill_kurigram(to, session, *key, *address); });
}

}  // namespace mtp::MTP_ABI
