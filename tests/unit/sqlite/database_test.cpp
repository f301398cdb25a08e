// SPDX-License-Identifier: MIT OR Apache-2.0
#include "database_examples.hpp"
#include "sqlite/marked_id.hpp"

#include <sys/stat.h>

#include <limits>

using namespace mtp;
using namespace mtp::test;

TEST_CASE("marked ids name users, groups and channels", "[sqlite]") {
  peer_id const all[] = {{peer_kind::user, 1},
                         {peer_kind::user, 1099511627775},
                         {peer_kind::chat, 1},
                         {peer_kind::chat, 999999999999},
                         {peer_kind::channel, 1},
                         {peer_kind::channel, 1234567890},
                         {peer_kind::channel, 3000000000000}};
  for (auto const& peer : all) CHECK(sqlite::from_marked(sqlite::to_marked(peer)) == peer);
  CHECK(sqlite::to_marked({peer_kind::channel, 1234567890}) == -1001234567890);
  CHECK(!sqlite::from_marked(0));
  CHECK(!sqlite::from_marked(-1000000000000));
  CHECK(!sqlite::from_marked(-4000000000001));
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  static_assert(sqlite::to_marked({peer_kind::channel, most}) == 0);
  static_assert(sqlite::to_marked({peer_kind::chat, -most - 1}) == 0);
  static_assert(sqlite::channel_of(-most - 1) == -most - 1);
}

TEST_CASE("a database that was made is its owner's only", "[sqlite]") {
  temporary_folder const folder;
  REQUIRE(write_telethon_database(folder / "a", small_session()));
  struct stat about{};
  REQUIRE(::stat((folder / "a").c_str(), &about) == 0);
  CHECK((about.st_mode & 0777) == 0600);
}

TEST_CASE("a view in the place of a table is not executed", "[sqlite]") {
  temporary_folder const folder;
  make(folder / "a",
       "create table version (version integer); insert into version values (7);"
       "create view sessions as with recursive endless(x) as (select 1 union all select x + 1 from"
       " endless) select x as dc_id, 'a' as server_address, 1 as port, x'' as auth_key from "
       "endless;");
  CHECK(read_telethon_database(folder / "a").error() == portable_errc::wrong_format);
}

TEST_CASE("more rows or bytes than anybody keeps are given up", "[sqlite]") {
  temporary_folder const folder;
  make(folder / "a", "create table t (x); insert into t values (zeroblob(100)), ('four'), (5);");
  auto from = sqlite::database::open(folder / "a");
  REQUIRE(from);
  int rows = 0;
  auto const read = [&](sqlite::row_limits limits) {
    rows = 0;
    return from->each("select x from t", [&](sqlite::statement&) { ++rows; }, limits);
  };
  CHECK(!read({.rows = 3, .bytes_in_all = 104}));
  CHECK(rows == 3);
  CHECK(read({.rows = 2, .bytes_in_all = 104}) == portable_errc::bad_value);
  CHECK(rows == 2);
  CHECK(read({.rows = 3, .bytes_in_all = 103}) == portable_errc::bad_value);
  CHECK(rows == 1);
}

TEST_CASE("a database that somebody writes is busy", "[sqlite]") {
  temporary_folder const folder;
  REQUIRE(write_telethon_database(folder / "a", small_session()));
  auto const outcome = sqlite::make_database(folder / "b", [&](sqlite::database& other) {
    auto const attach = "commit; attach '" + (folder / "a").string() +
                        "' as theirs; begin exclusive; delete from theirs.entities;";
    CHECK(!other.run(attach.c_str()));
    CHECK(read_telethon_database(folder / "a").error() == std::errc::device_or_resource_busy);
    return std::error_code();
  });
  CHECK(outcome);
}
