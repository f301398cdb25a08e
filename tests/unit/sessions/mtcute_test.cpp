// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/mtcute.hpp>

#include "damage.hpp"
#include "sessions/mtcute_parts.hpp"

using namespace mtp;
using namespace mtp::test;

namespace {

portable_session full() {
  auto out = small_session("149.154.167.50");
  out.dcs[2].addresses.push_back({.host = "149.154.167.222", .port = 443, .media_only = true});
  out.self = portable_self{.id = somebody, .bot = true};
  return out;
}

portable_session bare() {
  portable_session out;
  out.home_dc = 1;
  out.test = true;
  out.dcs[1].auth_key = counting_key();
  out.dcs[1].addresses = {{.host = "2001:b28:f23d:f001::e", .port = 443}};
  return out;
}

}  // namespace

TEST_CASE("a string of mtcute is read and written as mtcute does", "[sessions][mtcute]") {
  auto const all = read_mtcute_string(vectors::mtcute_full_session);
  REQUIRE(all);
  CHECK(*all == full());
  CHECK(text_of(write_mtcute_string(*all)) == vectors::mtcute_full_session);
  auto const little = read_mtcute_string(vectors::mtcute_bare_session);
  REQUIRE(little);
  CHECK(*little == bare());
  CHECK(text_of(write_mtcute_string(*little)) == vectors::mtcute_bare_session);
}

TEST_CASE("a string of mtcute that is not one says why", "[sessions][mtcute]") {
  std::string const good(vectors::mtcute_full_session);
  CHECK(read_mtcute_string("").error() == portable_errc::cut_short);
  CHECK(read_mtcute_string("Ag" + good.substr(2)).error() == portable_errc::wrong_version);
  CHECK(read_mtcute_string(good.substr(0, 3) + "I" + good.substr(4)).error() ==
        portable_errc::wrong_version);  // a flag that is not known
  CHECK(read_mtcute_string(good.substr(0, 100)).error() == portable_errc::cut_short);
  CHECK(read_mtcute_string(good + "AAAA").error() == portable_errc::too_long);
}

TEST_CASE("an address of mtcute with a port that is none is refused", "[sessions][mtcute]") {
  bytes const good =
      sessions::write_mtcute_address({.dc = 2, .address = {.host = "149.154.167.50", .port = 443}});
  REQUIRE(sessions::read_mtcute_address(good));
  for (std::int32_t const port : {0, -1, 65536, 65979}) {
    bytes changed = good;
    store_le(&changed[changed.size() - 4], static_cast<std::uint32_t>(port));
    CHECK(sessions::read_mtcute_address(changed).error() == portable_errc::bad_value);
  }
}

TEST_CASE("no damage to a string of mtcute does harm", "[sessions][mtcute]") {
  damage_string(vectors::mtcute_full_session, read_mtcute_string);
  damage_string(vectors::mtcute_bare_session, read_mtcute_string);
}

TEST_CASE("a string of mtcute leaves out somebody who may be a bot or not", "[sessions][mtcute]") {
  auto session = full();
  session.self->bot.reset();
  auto const read = read_mtcute_string(text_of(write_mtcute_string(session)));
  REQUIRE(read);
  CHECK(!read->self);
  CHECK(write_mtcute_string({}).error() == portable_errc::no_key);
}
