// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/sessions/pyrogram.hpp>

#include "damage.hpp"

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a string of Pyrogram of any age is read and written as Pyrogram does",
          "[sessions][pyrogram]") {
  auto expected = without_addresses(owned_session());
  auto const current = read_pyrogram_string(vectors::pyrogram_current_session);
  REQUIRE(current);
  CHECK(*current == expected);
  CHECK(text_of(write_pyrogram_string(*current)) == vectors::pyrogram_current_session);

  expected.api_id = 0;
  expected.test = true;
  auto const old_64 = read_pyrogram_string(vectors::pyrogram_old_64_session);
  REQUIRE(old_64);
  CHECK(*old_64 == expected);
  CHECK(text_of(write_pyrogram_string(*old_64, pyrogram_format::old_64)) ==
        vectors::pyrogram_old_64_session);

  expected.test = false;
  expected.self = portable_self{.id = 123456789, .bot = true};
  auto const old_32 = read_pyrogram_string(vectors::pyrogram_old_32_session);
  REQUIRE(old_32);
  CHECK(*old_32 == expected);
  CHECK(text_of(write_pyrogram_string(*old_32, pyrogram_format::old_32)) ==
        vectors::pyrogram_old_32_session);
}

TEST_CASE("a string of Pyrogram that is not one says why", "[sessions][pyrogram]") {
  std::string const good(vectors::pyrogram_current_session);
  CHECK(read_pyrogram_string("").error() == portable_errc::cut_short);
  CHECK(read_pyrogram_string(good.substr(0, 352)).error() == portable_errc::cut_short);
  CHECK(read_pyrogram_string(good + "AA").error() == portable_errc::too_long);
  CHECK(read_pyrogram_string("+" + good.substr(1)).error() == portable_errc::wrong_format);
  std::string flag = good;
  flag.back() = 'C';
  flag[flag.size() - 2] = 'B';
  CHECK(read_pyrogram_string(flag).error() == portable_errc::bad_value);  // no truth of 2
  CHECK(read_pyrogram_string("AA" + good.substr(2)).error() == portable_errc::bad_value);
}

TEST_CASE("no damage to a string of Pyrogram does harm", "[sessions][pyrogram]") {
  // Cut to one of two lengths, a string is one of older versions, to Pyrogram as well.
  auto const read = [](std::string_view text) -> result<portable_session> {
    auto outcome = read_pyrogram_string(text);
    bool const older = text.size() == 351 || text.size() == 356;
    if (!outcome || !older) return outcome;
    CHECK(is_sound(*outcome));
    return failure{make_error_code(portable_errc::cut_short)};
  };
  damage_string(vectors::pyrogram_current_session, read);
  for (auto old : {vectors::pyrogram_old_64_session, vectors::pyrogram_old_32_session})
    change_everywhere(std::string(old), read_pyrogram_string);
}

TEST_CASE("what a string of Pyrogram cannot hold is refused", "[sessions][pyrogram]") {
  auto session = owned_session();
  CHECK(write_pyrogram_string(session, pyrogram_format::old_32).error() ==
        portable_errc::does_not_fit);
  session.api_id = 0;
  CHECK(write_pyrogram_string(session).error() == portable_errc::no_api_id);
  CHECK(write_pyrogram_string(session, pyrogram_format::old_64));
  session.self->bot.reset();
  CHECK(write_pyrogram_string(session, pyrogram_format::old_64).error() == portable_errc::no_user);
  CHECK(write_pyrogram_string({}).error() == portable_errc::no_key);
}
