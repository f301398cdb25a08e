// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/telethon.hpp>

#include "damage.hpp"

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a string of Telethon is read and written as Telethon does", "[sessions][telethon]") {
  auto const ipv4 = read_telethon_string(vectors::telethon_ipv4_session);
  REQUIRE(ipv4);
  CHECK(*ipv4 == small_session());
  CHECK(text_of(write_telethon_string(*ipv4)) == vectors::telethon_ipv4_session);
  auto const ipv6 = read_telethon_string(vectors::telethon_ipv6_session);
  REQUIRE(ipv6);
  CHECK(*ipv6 == small_session("2001:67c:4e8:f002::a"));
  CHECK(text_of(write_telethon_string(*ipv6)) == vectors::telethon_ipv6_session);
}

TEST_CASE("a string of Telethon with the address of a server for tests is one for tests",
          "[sessions][telethon]") {
  auto const text = text_of(write_telethon_string(small_session("149.154.167.40")));
  auto const read = read_telethon_string(text);
  REQUIRE(read);
  CHECK(read->test);
}

TEST_CASE("a string of Telethon that is not one says why", "[sessions][telethon]") {
  std::string const good(vectors::telethon_ipv4_session);
  CHECK(read_telethon_string("").error() == portable_errc::cut_short);
  CHECK(read_telethon_string("2" + good.substr(1)).error() == portable_errc::wrong_version);
  CHECK(read_telethon_string(good.substr(0, 200)).error() == portable_errc::cut_short);
  CHECK(
      read_telethon_string(good.substr(0, good.size() - 1) + "A" + std::string(20, 'A')).error() ==
      portable_errc::too_long);
  CHECK(read_telethon_string("1!" + good.substr(2)).error() == portable_errc::wrong_format);
  auto empty = small_session();
  empty.dcs[2].auth_key = bytes(256);
  CHECK(read_telethon_string(text_of(write_telethon_string(empty))).error() ==
        portable_errc::no_key);
}

TEST_CASE("no damage to a string of Telethon does harm", "[sessions][telethon]") {
  damage_string(vectors::telethon_ipv4_session, read_telethon_string);
  damage_string(vectors::telethon_ipv6_session, read_telethon_string);
}

TEST_CASE("a string of Telethon gets an address that is known when the session has none",
          "[sessions][telethon]") {
  auto session = without_addresses(small_session());
  CHECK(text_of(write_telethon_string(session)) == vectors::telethon_ipv4_session);
  session = small_session("venus.web.telegram.org");  // a name does not fit
  CHECK(text_of(write_telethon_string(session)) == vectors::telethon_ipv4_session);
}

TEST_CASE("what a string of Telethon cannot hold is refused", "[sessions][telethon]") {
  CHECK(write_telethon_string({}).error() == portable_errc::no_key);
  portable_session far;
  far.home_dc = 203;
  far.dcs[203].auth_key = counting_key();
  CHECK(write_telethon_string(far).error() == portable_errc::no_address);
  far.home_dc = 300;
  far.dcs[300].auth_key = counting_key();
  CHECK(write_telethon_string(far).error() == portable_errc::does_not_fit);
}
