// SPDX-License-Identifier: MIT OR Apache-2.0
#include "database_examples.hpp"

using namespace mtp;
using namespace mtp::test;

namespace {

portable_session kept_by_pyrogram() {
  auto out = with_peers(rich_session(), [](portable_peer& peer) {
    if (peer.usernames.size() > 1) peer.usernames.resize(1);
  });
  out.updates.reset();
  out.channel_pts.clear();
  return without_addresses(out);
}

result<void> write_old(std::filesystem::path const& file, portable_session const& session) {
  return write_pyrogram_database(file, session, pyrogram_schema::pyrogram);
}

/// The tables as they were in each version.
std::string old_database(int version) {
  bool const with_api_id = version >= 3;
  std::string out =
      "create table version (number integer primary key);"
      "insert into version values (" +
      std::to_string(version) +
      ");"
      "create table sessions (dc_id integer primary key, " +
      std::string(with_api_id ? "api_id integer, " : "") +
      "test_mode integer, auth_key blob, date integer not null, user_id integer,"
      " is_bot integer);"
      "insert into sessions values (2, " +
      (with_api_id ? "12345, " : "") + "0, " + key_literal() +
      ", 0, 5000801609, 0);"
      "create table peers (id integer primary key, access_hash integer, type integer"
      " not null, username text, phone_number text, last_update_on integer);"
      "insert into peers values (42, 7, 'bot', 'alice', null, 8);";
  if (version >= 4)
    out +=
        "create table usernames (id integer, username text);"
        "insert into usernames values (42, 'alice'), (43, 'nobody');";
  if (version >= 5)
    out +=
        "create table update_state (id integer primary key, pts integer, qts integer,"
        " date integer, seq integer);"
        "insert into update_state values (0, 1, 2, 3, 4), (-1000000000007, 5, null, null, null);";
  return out;
}

}  // namespace

TEST_CASE("databases of Pyrogram and kurigram come back as they were written",
          "[sqlite][pyrogram]") {
  temporary_folder const folder;
  REQUIRE(write_pyrogram_database(folder / "new", rich_session()));
  auto const read = read_pyrogram_database(folder / "new");
  REQUIRE(read);
  CHECK(*read == rich_session());
  REQUIRE(write_old(folder / "old", rich_session()));
  auto const older = read_pyrogram_database(folder / "old");
  REQUIRE(older);
  CHECK(*older == kept_by_pyrogram());
}

TEST_CASE("databases of all versions of Pyrogram are read", "[sqlite][pyrogram]") {
  temporary_folder const folder;
  for (int version = 1; version <= 6; ++version) {
    auto const file = folder / std::to_string(version).c_str();
    make(file, old_database(version));
    auto const read = read_pyrogram_database(file);
    INFO(version);
    REQUIRE(read);
    CHECK(read->self == rich_session().self);
    CHECK(read->api_id == (version < 3 ? 0 : 12345));
    CHECK(read->peers.size() == (version < 2 ? 0U : 1U));
    if (!read->peers.empty()) CHECK(read->peers[0].usernames == std::vector<std::string>{"alice"});
    CHECK(read->channel_pts.size() == (version < 5 ? 0U : 1U));
  }
}

TEST_CASE("a database that is none of Pyrogram says why", "[sqlite][pyrogram]") {
  temporary_folder const folder;
  CHECK(read_pyrogram_database(folder / "none").error() == portable_errc::missing_file);
  make(folder / "new", old_database(8));
  CHECK(read_pyrogram_database(folder / "new").error() == portable_errc::wrong_version);
  REQUIRE(write_telethon_database(folder / "telethon", rich_session()));
  CHECK(read_pyrogram_database(folder / "telethon").error() == portable_errc::wrong_format);
  make(folder / "null", old_database(6) + "update sessions set auth_key = null;");
  CHECK(read_pyrogram_database(folder / "null").error() == portable_errc::no_key);
  make(folder / "dc", old_database(6) + "update sessions set dc_id = -1;");
  CHECK(read_pyrogram_database(folder / "dc").error() == portable_errc::bad_value);
}

TEST_CASE("of a database of kurigram an address is taken when its port is one",
          "[sqlite][pyrogram]") {
  temporary_folder const folder;
  std::string const newest = old_database(6) +
                             "alter table sessions add column server_address text;"
                             "alter table sessions add column port integer;"
                             "update version set number = 7;"
                             "update sessions set server_address = '149.154.167.51', port = ";
  for (char const* port : {"443", "0", "-1", "65979"}) {
    auto const file = folder / port;
    make(file, newest + port + ';');
    auto const read = read_pyrogram_database(file);
    INFO(port);
    REQUIRE(read);
    CHECK(read->dcs.at(2).addresses.size() == (std::string_view(port) == "443" ? 1U : 0U));
  }
}

TEST_CASE("no damage to a database of Pyrogram does harm", "[sqlite][pyrogram]") {
  temporary_folder const folder;
  REQUIRE(write_pyrogram_database(folder / "a", rich_session()));
  damage_database(folder / "a", read_pyrogram_database);
}

TEST_CASE("what a database of Pyrogram cannot hold is refused", "[sqlite][pyrogram]") {
  temporary_folder const folder;
  auto session = rich_session();
  session.self->bot.reset();
  CHECK(write_pyrogram_database(folder / "a", session).error() == portable_errc::no_user);
  CHECK(write_pyrogram_database(folder / "a", {}).error() == portable_errc::no_key);
}
