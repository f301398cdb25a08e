// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/world.hpp>
#include <support/catch.hpp>

using namespace mtp::testing;

TEST_CASE("a person signs in with the code of the number", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto hash = doors.send_code(w.everybody(), "+9996621001", 100);
  REQUIRE(hash);
  auto const wrong = doors.sign_in(w.everybody(), "9996621001", *hash, "11111", 101);
  CHECK(wrong.error().text == "PHONE_CODE_INVALID");
  CHECK(doors.sign_in(w.everybody(), "9996621001", *hash, "", 101).error().text ==
        "PHONE_CODE_EMPTY");
  CHECK(doors.sign_in(w.everybody(), "9996621001", "x", "12345", 101).error().text ==
        "PHONE_CODE_EXPIRED");
  auto const in = doors.sign_in(w.everybody(), "+9996621001", *hash, "12345", 102);
  REQUIRE(in);
  CHECK(in->user == 42);
  CHECK_FALSE(doors.sign_in(w.everybody(), "+9996621001", *hash, "12345", 103));
}

TEST_CASE("a code dies of age and of guessing", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto const old = doors.send_code(w.everybody(), "9996621001", 100);
  CHECK(doors.sign_in(w.everybody(), "9996621001", *old, "12345", 401).error().text ==
        "PHONE_CODE_EXPIRED");
  auto const guessed = doors.send_code(w.everybody(), "9996621001", 500);
  for (int i = 0; i < 5; ++i)
    CHECK_FALSE(doors.sign_in(w.everybody(), "9996621001", *guessed, "0", 501));
  CHECK(doors.sign_in(w.everybody(), "9996621001", *guessed, "12345", 501).error().text ==
        "PHONE_CODE_EXPIRED");
}

TEST_CASE("several log-ins of one number go on side by side", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto const one = doors.send_code(w.everybody(), "9996621001", 100);
  auto const two = doors.send_code(w.everybody(), "9996621001", 100);
  auto const three = doors.send_code(w.everybody(), "9996621001", 100);
  CHECK(*one != *two);
  CHECK(doors.cancel("9996621001", *two));
  CHECK_FALSE(doors.sign_in(w.everybody(), "9996621001", *two, "12345", 101));
  CHECK(doors.sign_in(w.everybody(), "9996621001", *three, "12345", 101));
  CHECK(doors.sign_in(w.everybody(), "9996621001", *one, "12345", 101));
}

TEST_CASE("log-ins of one number are bounded, the oldest ends first", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  std::vector<std::string> sent;
  for (std::size_t i = 0; i <= logins::codes_per_phone; ++i)
    sent.push_back(*doors.send_code(w.everybody(), "9996621001", 100));
  CHECK_FALSE(doors.sign_in(w.everybody(), "9996621001", sent[0], "12345", 101));
  CHECK(doors.sign_in(w.everybody(), "9996621001", sent[1], "12345", 101));
}

TEST_CASE("a test number that nobody has signs up", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  CHECK(doors.send_code(w.everybody(), "4915112345", 1).error().text == "PHONE_NUMBER_UNOCCUPIED");
  CHECK(doors.send_code(w.everybody(), "12", 1).error().text == "PHONE_NUMBER_INVALID");
  auto const hash = doors.send_code(w.everybody(), "+99966 3 4321", 1);
  REQUIRE(hash);
  CHECK_FALSE(doors.sign_up(w.everybody(), "9996634321", *hash, "Carol", ""));
  auto const in = doors.sign_in(w.everybody(), "9996634321", *hash, "33333", 2);
  REQUIRE(in);
  CHECK(in->sign_up_required);
  auto const carol = doors.sign_up(w.everybody(), "9996634321", *hash, "Carol", "");
  REQUIRE(carol);
  CHECK(w.everybody().find(*carol)->first_name == "Carol");
}

TEST_CASE("an exported authorisation works once, at its data centre", "[testing][world]") {
  logins doors;
  auto const ticket = doors.export_to(4, 42, 99, 100);
  CHECK_FALSE(doors.import_at(4, 42, mtp::bytes{1, 2, 3}, 101));
  auto const user = doors.import_at(4, 42, ticket, 101);
  REQUIRE(user);
  CHECK(*user == 42);
  CHECK_FALSE(doors.import_at(4, 42, ticket, 101));
  CHECK_FALSE(doors.import_at(2, 42, doors.export_to(4, 42, 98, 100), 101));
  CHECK_FALSE(doors.import_at(4, 42, doors.export_to(4, 42, 97, 100), 1000));
  auto const other = doors.import_at(4, 43, doors.export_to(4, 42, 96, 100), 101);
  REQUIRE_FALSE(other);
  CHECK(other.error().text == "USER_ID_INVALID");
}
