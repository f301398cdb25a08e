// SPDX-License-Identifier: MIT OR Apache-2.0
#include "database_examples.hpp"

using namespace mtp;
using namespace mtp::test;

namespace {

portable_session kept() {
  auto out = with_peers(rich_session(), [](portable_peer& peer) {
    peer.usernames.clear();
    peer.phone = {};
    peer.seen = 0;
  });
  out.api_id = 0;
  out.dcs[2].addresses.push_back({.host = "2001:67c:4e8:f002::a", .port = 443});
  return out;
}

}  // namespace

TEST_CASE("a database of grammers comes back as it was written", "[sqlite][grammers]") {
  temporary_folder const folder;
  REQUIRE(write_grammers_database(folder / "a", kept()));
  auto const read = read_grammers_database(folder / "a");
  REQUIRE(read);
  CHECK(*read == kept());
}

TEST_CASE("a data centre of grammers has an address of each family", "[sqlite][grammers]") {
  temporary_folder const folder;
  auto session = small_session("127.0.0.1");
  REQUIRE(write_grammers_database(folder / "a", session));
  auto const read = read_grammers_database(folder / "a");
  REQUIRE(read);
  auto const& addresses = read->dcs.at(2).addresses;
  REQUIRE(addresses.size() == 2);
  CHECK(addresses[0].host == "127.0.0.1");
  CHECK(addresses[1].host == "::ffff:127.0.0.1");
}

TEST_CASE("a database that is none of grammers says why", "[sqlite][grammers]") {
  temporary_folder const folder;
  CHECK(read_grammers_database(folder / "none").error() == portable_errc::missing_file);
  make(folder / "new", "pragma user_version = 2;");
  CHECK(read_grammers_database(folder / "new").error() == portable_errc::wrong_version);
  make(folder / "half", "pragma user_version = 1;");
  CHECK(read_grammers_database(folder / "half").error() == portable_errc::wrong_format);
  auto session = small_session();
  session.dcs[203].auth_key = counting_key();
  CHECK(write_grammers_database(folder / "far", session).error() == portable_errc::no_address);
  CHECK(!std::filesystem::exists(folder / "far"));
}

TEST_CASE("no damage to a database of grammers does harm", "[sqlite][grammers]") {
  temporary_folder const folder;
  REQUIRE(write_grammers_database(folder / "a", kept()));
  damage_database(folder / "a", read_grammers_database);
}
