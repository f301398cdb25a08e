// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/world/world.hpp>
#include <support/catch.hpp>

using namespace mtp::testing;

TEST_CASE("a person signs in with the code of the number", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto hash = doors.send_code(w.everybody(), "+9996621001", 100);
  REQUIRE(hash);
  auto const wrong = doors.sign_in(w.everybody(), "9996621001", hash->hash, "11111", 101);
  CHECK(wrong.error().text == "PHONE_CODE_INVALID");
  CHECK(doors.sign_in(w.everybody(), "9996621001", hash->hash, "", 101).error().text ==
        "PHONE_CODE_EMPTY");
  CHECK(doors.sign_in(w.everybody(), "9996621001", "x", "12345", 101).error().text ==
        "PHONE_CODE_EXPIRED");
  auto const in = doors.sign_in(w.everybody(), "+9996621001", hash->hash, "12345", 102);
  REQUIRE(in);
  CHECK(in->user == 42);
  CHECK_FALSE(doors.sign_in(w.everybody(), "+9996621001", hash->hash, "12345", 103));
}

TEST_CASE("a code dies of age and of guessing", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto const old = doors.send_code(w.everybody(), "9996621001", 100);
  CHECK(doors.sign_in(w.everybody(), "9996621001", old->hash, "12345", 401).error().text ==
        "PHONE_CODE_EXPIRED");
  auto const guessed = doors.send_code(w.everybody(), "9996621001", 500);
  for (int i = 0; i < 5; ++i)
    CHECK_FALSE(doors.sign_in(w.everybody(), "9996621001", guessed->hash, "0", 501));
  CHECK(doors.sign_in(w.everybody(), "9996621001", guessed->hash, "12345", 501).error().text ==
        "PHONE_CODE_EXPIRED");
}

TEST_CASE("several log-ins of one number go on side by side", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto const one = doors.send_code(w.everybody(), "9996621001", 100);
  auto const two = doors.send_code(w.everybody(), "9996621001", 100);
  auto const three = doors.send_code(w.everybody(), "9996621001", 100);
  CHECK(one->hash != two->hash);
  CHECK(doors.cancel("9996621001", two->hash));
  CHECK_FALSE(doors.sign_in(w.everybody(), "9996621001", two->hash, "12345", 101));
  CHECK(doors.sign_in(w.everybody(), "9996621001", three->hash, "12345", 101));
  CHECK(doors.sign_in(w.everybody(), "9996621001", one->hash, "12345", 101));
}

TEST_CASE("log-ins of one number are bounded, the oldest ends first", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  std::vector<std::string> sent;
  for (std::size_t i = 0; i <= logins::codes_per_phone; ++i)
    sent.push_back(doors.send_code(w.everybody(), "9996621001", 100)->hash);
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
  CHECK_FALSE(doors.sign_up(w.everybody(), "9996634321", hash->hash, "Carol", ""));
  auto const in = doors.sign_in(w.everybody(), "9996634321", hash->hash, "33333", 2);
  REQUIRE(in);
  CHECK(in->sign_up_required);
  auto const carol = doors.sign_up(w.everybody(), "9996634321", hash->hash, "Carol", "");
  REQUIRE(carol);
  CHECK(w.everybody().find(*carol)->first_name == "Carol");
}

TEST_CASE("a code is sent in the next way until there is none", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  w.everybody().find(42)->code_ways = {code_way::sms, code_way::flash_call};
  auto const first = doors.send_code(w.everybody(), "9996621001", 100, {}, {.flash_call = true});
  CHECK(first->way == code_way::sms);
  CHECK(first->next == code_way::flash_call);
  auto const second = doors.resend_code("9996621001", first->hash, 150);
  REQUIRE(second);
  CHECK(second->way == code_way::flash_call);
  CHECK_FALSE(second->next);
  auto const third = doors.resend_code("9996621001", second->hash, 160);
  CHECK(third.error() == rpc_fault{406, "SEND_CODE_UNAVAILABLE"});
  CHECK(doors.resend_code("9996621001", first->hash, 160).error().text == "PHONE_CODE_EXPIRED");
  CHECK_FALSE(doors.sign_in(w.everybody(), "9996621001", first->hash, "12345", 161));
  CHECK(doors.sign_in(w.everybody(), "9996621001", second->hash, "12345", 161));
}

TEST_CASE("a code goes no way that the app cannot use", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto& ways = w.everybody().find(42)->code_ways;
  ways = {code_way::flash_call, code_way::missed_call, code_way::sms};
  CHECK(doors.send_code(w.everybody(), "9996621001", 100)->way == code_way::sms);
  auto const missed = doors.send_code(w.everybody(), "9996621001", 100, {}, {.missed_call = true});
  CHECK(missed->way == code_way::missed_call);
  CHECK(missed->next == code_way::sms);
  ways = {code_way::flash_call};
  auto const none = doors.send_code(w.everybody(), "9996621001", 100, {}, {.missed_call = true});
  CHECK(none.error() == rpc_fault{406, "SEND_CODE_UNAVAILABLE"});
  CHECK(doors.send_code(w.everybody(), "9996621001", 100, {}, {.flash_call = true}));
}

TEST_CASE("wrong codes of a number bring a pause, a right one forgives them", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  login_rules const rules{.wrong_codes = 3, .pause = 50};
  auto const type = [&](std::string_view code, std::int32_t now) {
    auto const sent = doors.send_code(w.everybody(), "9996621001", now, rules);
    if (!sent) return sent.error().text;
    auto const in = doors.sign_in(w.everybody(), "9996621001", sent->hash, code, now, rules);
    return in ? std::string("in") : in.error().text;
  };
  CHECK(type("0", 100) == "PHONE_CODE_INVALID");
  CHECK(type("0", 100) == "PHONE_CODE_INVALID");
  CHECK(type("12345", 100) == "in");
  for (int i = 0; i < 3; ++i) CHECK(type("0", 100) == "PHONE_CODE_INVALID");
  CHECK(type("12345", 110) == "FLOOD_WAIT_40");
  CHECK(type("12345", 150) == "in");
}

TEST_CASE("an address is set up by its code", "[testing][world]") {
  auto w = default_world(1);
  auto& doors = w.sign_ins();
  auto& all = w.everybody();
  all.find(42)->must_set_email = true;
  auto const asked = doors.send_code(all, "9996621001", 100);
  CHECK(asked->email_first);
  auto const set = [&](std::string address) {
    return doors.send_email_code(all, "9996621001", asked->hash, std::move(address), 100);
  };
  auto const verify = [&](std::string_view code, std::int32_t now) {
    return doors.verify_email(all, "9996621001", asked->hash, code, now);
  };
  CHECK_FALSE(doors.sign_in(all, "9996621001", asked->hash, "12345", 100));
  CHECK(verify("12345", 100).error().text == "EMAIL_VERIFY_EXPIRED");
  CHECK(set("nowhere").error().text == "EMAIL_INVALID");
  REQUIRE(set("a@b.example"));
  CHECK(verify("1", 100).error().text == "CODE_INVALID");
  auto const sent = verify("12345", 101);
  REQUIRE(sent);
  CHECK(sent->way == code_way::app);
  CHECK(doors.sign_in(all, "9996621001", sent->hash, "12345", 102));
  CHECK(verify("12345", 101).error().text == "PHONE_HASH_EXPIRED");
  CHECK(doors.send_code(all, "9996621001", 103)->way == code_way::email);
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
