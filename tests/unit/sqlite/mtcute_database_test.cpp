// SPDX-License-Identifier: MIT OR Apache-2.0
#include "database_examples.hpp"

using namespace mtp;
using namespace mtp::test;

namespace {

portable_session kept() {
  auto out =
      with_peers(rich_session(), [](portable_peer& peer) { peer.shape = peer_shape::unknown; });
  out.api_id = 0;
  out.dcs[2].addresses.push_back({.host = "149.154.167.222", .port = 443, .media_only = true});
  out.dcs[4].auth_key = bytes(256, 9);
  return out;
}

}  // namespace

TEST_CASE("a database of mtcute comes back as it was written", "[sqlite][mtcute]") {
  temporary_folder const folder;
  REQUIRE(write_mtcute_database(folder / "a", kept()));
  auto const read = read_mtcute_database(folder / "a");
  REQUIRE(read);
  CHECK(*read == kept());
}

TEST_CASE("a peer of mtcute that was seen in passing is left out", "[sqlite][mtcute]") {
  temporary_folder const folder;
  std::string const tables =
      "create table mtcute_migrations (repo text not null primary key, version integer);"
      "create table auth_keys (dc integer primary key, key blob not null);"
      "insert into auth_keys values (2, " +
      key_literal() +
      ");"
      "create table key_value (key text primary key, value blob not null);"
      "create table peers (id integer primary key, hash text, usernames json, updated integer,"
      " phone text, complete blob, isMin integer);"
      "insert into peers values (42, '-16|-1', '[]', 1, null, x'', 0), (43, '1|2', '[]', 1, null,"
      " x'', 1), (44, 'nonsense', '[]', 1, null, x'', 0);";
  make(folder / "a", tables);
  auto const read = read_mtcute_database(folder / "a");
  REQUIRE(read);
  CHECK(read->home_dc == 2);
  REQUIRE(read->peers.size() == 1);
  CHECK(read->peers[0].access_hash == -16);
}

TEST_CASE("a database that is none of mtcute says why", "[sqlite][mtcute]") {
  temporary_folder const folder;
  CHECK(read_mtcute_database(folder / "none").error() == portable_errc::missing_file);
  make(folder / "new",
       "create table mtcute_migrations (repo text not null primary key, version integer);"
       "insert into mtcute_migrations values ('kv', 2);");
  CHECK(read_mtcute_database(folder / "new").error() == portable_errc::wrong_version);
  REQUIRE(write_telethon_database(folder / "telethon", rich_session()));
  CHECK(read_mtcute_database(folder / "telethon").error() == portable_errc::wrong_format);
}

TEST_CASE("no damage to a database of mtcute does harm", "[sqlite][mtcute]") {
  temporary_folder const folder;
  REQUIRE(write_mtcute_database(folder / "a", kept()));
  damage_database(folder / "a", read_mtcute_database);
}
