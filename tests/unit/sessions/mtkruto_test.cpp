// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/mtkruto.hpp>

#include "damage.hpp"

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a string of MTKruto of either age is read and written as MTKruto does",
          "[sessions][mtkruto]") {
  auto const current = read_mtkruto_string(vectors::mtkruto_current_session);
  REQUIRE(current);
  CHECK(*current == without_addresses(owned_session()));
  CHECK(text_of(write_mtkruto_string(*current)) == vectors::mtkruto_current_session);
  auto expected = without_addresses(small_session());
  expected.test = true;
  auto const old = read_mtkruto_string(vectors::mtkruto_old_session);
  REQUIRE(old);
  CHECK(*old == expected);
  CHECK(text_of(write_mtkruto_string(*old, mtkruto_format::old)) == vectors::mtkruto_old_session);
}

TEST_CASE("runs of zeros of any length survive a string of MTKruto", "[sessions][mtkruto]") {
  for (std::size_t zeros : {1, 2, 254, 255}) {
    auto session = without_addresses(small_session());
    bytes key(256, 0);
    std::fill(key.begin() + static_cast<std::ptrdiff_t>(zeros), key.end(), std::uint8_t{7});
    session.dcs[2].auth_key = key;
    auto const read =
        read_mtkruto_string(text_of(write_mtkruto_string(session, mtkruto_format::old)));
    REQUIRE(read);
    CHECK(*read == session);
  }
}

TEST_CASE("a string of MTKruto that is not one says why", "[sessions][mtkruto]") {
  std::string const good(vectors::mtkruto_current_session);
  CHECK(read_mtkruto_string("").error() == portable_errc::cut_short);
  CHECK(read_mtkruto_string(good.substr(0, 120)).error() == portable_errc::cut_short);
  CHECK(read_mtkruto_string(good + "AQEB").error() == portable_errc::too_long);
  CHECK(read_mtkruto_string("AA").error() == portable_errc::cut_short);    // a run without a length
  CHECK(read_mtkruto_string("AAAB").error() == portable_errc::bad_value);  // a run of no zeros
  CHECK(read_mtkruto_string("AP8A_wD_").error() == portable_errc::too_long);
  CHECK(read_mtkruto_string("ATAA" + good.substr(4)).error() == portable_errc::bad_value);
}

TEST_CASE("no damage to a string of MTKruto does harm", "[sessions][mtkruto]") {
  std::string const good(vectors::mtkruto_current_session);
  change_everywhere(good, read_mtkruto_string);
  cut_everywhere(std::string(vectors::mtkruto_old_session), read_mtkruto_string);
  feed_noise<std::string>("ABCDEFabcdef0123456789-_", read_mtkruto_string);
}

TEST_CASE("what a string of MTKruto cannot hold is refused", "[sessions][mtkruto]") {
  auto session = small_session();
  CHECK(write_mtkruto_string(session).error() == portable_errc::no_user);
  session = owned_session();
  session.api_id = 0;
  CHECK(write_mtkruto_string(session).error() == portable_errc::no_api_id);
  CHECK(write_mtkruto_string({}).error() == portable_errc::no_key);
}
