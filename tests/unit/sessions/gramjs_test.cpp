// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/gramjs.hpp>

#include "damage.hpp"

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a string of GramJS is read and written as GramJS does", "[sessions][gramjs]") {
  auto const read = read_gramjs_string(vectors::gramjs_session);
  REQUIRE(read);
  CHECK(*read == small_session());
  CHECK(text_of(write_gramjs_string(*read)) == vectors::gramjs_session);
}

TEST_CASE("a string of GramJS keeps the host as it was written", "[sessions][gramjs]") {
  for (char const* host : {"venus.web.telegram.org", "2001:067c:04e8:f002:0000:0000:0000:000a"}) {
    auto const written = text_of(write_gramjs_string(small_session(host)));
    auto const read = read_gramjs_string(written);
    REQUIRE(read);
    CHECK(*read == small_session(host));
    CHECK(text_of(write_gramjs_string(*read)) == written);
  }
}

TEST_CASE("a string of GramJS that is not one says why", "[sessions][gramjs]") {
  std::string const good(vectors::gramjs_session);
  CHECK(read_gramjs_string("").error() == portable_errc::cut_short);
  CHECK(read_gramjs_string("3" + good.substr(1)).error() == portable_errc::wrong_version);
  CHECK(read_gramjs_string(good.substr(0, 200)).error() == portable_errc::cut_short);
  CHECK(read_gramjs_string(vectors::telethon_ipv6_session).error() == portable_errc::wrong_format);
  CHECK(read_gramjs_string(good.substr(0, good.size() - 1) + "QUJD").error() ==
        portable_errc::too_long);
  CHECK(read_gramjs_string("1"
                           "AgAOMTQ5IDE1NC4xNjcuNTE" +
                           good.substr(24))
            .error() == portable_errc::bad_value);  // a blank in the host
}

TEST_CASE("no damage to a string of GramJS does harm", "[sessions][gramjs]") {
  damage_string(vectors::gramjs_session, read_gramjs_string);
}

TEST_CASE("what GramJS would not read back is refused", "[sessions][gramjs]") {
  CHECK(write_gramjs_string({}).error() == portable_errc::no_key);
  CHECK(write_gramjs_string(small_session("::1")).error() == portable_errc::does_not_fit);
  CHECK(write_gramjs_string(small_session(std::string(101, 'a'))).error() ==
        portable_errc::does_not_fit);
  auto high = small_session();
  high.dcs[2].addresses[0].port = 40000;
  CHECK(write_gramjs_string(high).error() == portable_errc::does_not_fit);
}
