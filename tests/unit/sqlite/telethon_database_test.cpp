// SPDX-License-Identifier: MIT OR Apache-2.0
#include "database_examples.hpp"

using namespace mtp;
using namespace mtp::test;

namespace {

/// What Telethon keeps of a session: one username, and not whether somebody is a bot.
portable_session kept() {
  auto out = with_peers(rich_session(), [](portable_peer& peer) {
    peer.shape = peer_shape::unknown;
    if (peer.usernames.size() > 1) peer.usernames.resize(1);
    peer.name = peer.id.kind == peer_kind::user ? "Alice" : "";
  });
  out.api_id = 0;
  out.self->bot.reset();
  return out;
}

std::string old_database(int version) {
  std::string const number = std::to_string(version);
  std::string out =
      "create table version (version integer primary key);"
      "insert into version values (" +
      number +
      ");"
      "create table sessions (dc_id integer primary key, server_address text,"
      " port integer, auth_key blob);"
      "insert into sessions values (2, '149.154.167.51', 443, " +
      key_literal() +
      ");"
      "create table entities (id integer primary key, hash integer not null,"
      " username text, phone integer, name text);"
      "insert into entities values (42, 7, 'alice', null, null);";
  if (version >= 4)
    out +=
        "create table update_state (id integer primary key, pts integer, qts integer,"
        " date integer, seq integer);"
        "insert into update_state values (0, 1, 2, 3.5, 4), (9, 5, 0, 0, 0);";
  return out;
}

}  // namespace

TEST_CASE("a database of Telethon comes back as it was written", "[sqlite][telethon]") {
  temporary_folder const folder;
  auto const file = folder / "a.session";
  REQUIRE(write_telethon_database(file, kept()));
  auto const read = read_telethon_database(file);
  REQUIRE(read);
  CHECK(*read == kept());
}

TEST_CASE("databases of old versions of Telethon are read", "[sqlite][telethon]") {
  temporary_folder const folder;
  for (int version : {1, 3, 5, 6}) {
    auto const file = folder / std::to_string(version).c_str();
    make(file, old_database(version));
    auto const read = read_telethon_database(file);
    INFO(version);
    REQUIRE(read);
    CHECK(read->dcs == small_session().dcs);
    CHECK(read->peers.size() == (version >= 6 ? 1U : 0U));  // their access hashes were wrong
    CHECK(read->updates.has_value() == (version >= 4));
    if (read->updates) CHECK(*read->updates == update_state{1, 2, 3, 4});
  }
}

TEST_CASE("a database that is none of Telethon says why", "[sqlite][telethon]") {
  temporary_folder const folder;
  CHECK(read_telethon_database(folder / "none").error() == portable_errc::missing_file);
  put_content(folder / "text", as_bytes(std::string(5000, 'x')));
  CHECK(read_telethon_database(folder / "text").error() == portable_errc::wrong_format);
  make(folder / "new", old_database(9));
  CHECK(read_telethon_database(folder / "new").error() == portable_errc::wrong_version);
  make(folder / "other", "create table something (x)");
  CHECK(read_telethon_database(folder / "other").error() == portable_errc::wrong_format);
  make(folder / "empty", old_database(6) + "update sessions set auth_key = x'';");
  CHECK(read_telethon_database(folder / "empty").error() == portable_errc::no_key);
  make(folder / "dc", old_database(6) + "update sessions set dc_id = 7000;");
  CHECK(read_telethon_database(folder / "dc").error() == portable_errc::bad_value);
}

TEST_CASE("a database of Telethon with a port that is none is refused", "[sqlite][telethon]") {
  temporary_folder const folder;
  for (char const* port : {"0", "-1", "65536", "65979"}) {
    auto const file = folder / port;
    make(file, old_database(6) + "update sessions set port = " + port + ';');
    CHECK(read_telethon_database(file).error() == portable_errc::bad_value);
  }
}

TEST_CASE("no damage to a database of Telethon does harm", "[sqlite][telethon]") {
  temporary_folder const folder;
  REQUIRE(write_telethon_database(folder / "a", kept()));
  damage_database(folder / "a", read_telethon_database);
}

TEST_CASE("what a database of Telethon cannot hold is refused, and no file is left",
          "[sqlite][telethon]") {
  temporary_folder const folder;
  auto const file = folder / "a";
  CHECK(write_telethon_database(file, {}).error() == portable_errc::no_key);
  CHECK(!std::filesystem::exists(file));
  REQUIRE(write_telethon_database(file, kept()));
  CHECK(write_telethon_database(file, kept()).error() == std::errc::file_exists);
}
