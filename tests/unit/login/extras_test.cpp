// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What few log-ins need: passkeys, codes that are paid for or vouched for, codes that do not come.
#include "login_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::login;
using mtp::test::login_stage;
using mtp::test::mishap;
using names = std::vector<std::string>;

namespace {

passkey_assertion signed_by(std::string raw_id, std::string handle = "2:42") {
  passkey_assertion out;
  out.raw_id = std::move(raw_id);
  out.client_data = "{}";
  out.user_handle = std::move(handle);
  return out;
}

phone_number with_firebase(login_stage const& s) { return {std::string(s.phone), true}; }

firebase_token token_of(std::string text) { return {.play_integrity = std::move(text)}; }

}  // namespace

TEST_CASE("a code is sent once it was paid for", "[login]") {
  login_stage s;
  s.wants_money = true;
  s.answer(phone_number{std::string(s.phone)});
  CHECK(s.needs<need_payment>().amount == 199);
  CHECK(s.needs<need_payment>().hash == "hash");
  CHECK(s.complaint() == reason::none);
  s.answer(paid{6});
  CHECK(std::holds_alternative<need_payment>(s.decider.needed()));
  CHECK(s.complaint() == reason::not_paid);
  s.answer(paid{7});
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
  s.answer(code{std::string("12345")});
  CHECK(s.needs<done>().me.id() == s.me);
}

TEST_CASE("who does not pay names another number", "[login]") {
  login_stage s;
  s.wants_money = true;
  s.answer(phone_number{std::string(s.phone)});
  s.answer(other_number{});
  CHECK(std::holds_alternative<need_identity>(s.decider.needed()));
  CHECK(s.asked == names{"auth.sendCode", "auth.cancelCode"});
}

TEST_CASE("a code waits for a token of Firebase, again after a wrong one", "[login]") {
  login_stage s;
  s.by_firebase = true;
  s.answer(with_firebase(s));
  REQUIRE(s.needs<need_code>().firebase);
  CHECK(s.needs<need_code>().firebase->play_integrity_project == 5);
  CHECK(as_text(s.needs<need_code>().firebase->play_integrity_nonce) == "nonce");
  s.answer(token_of("forged"));
  CHECK(s.complaint() == reason::firebase_refused);
  CHECK(s.needs<need_code>().firebase);
  s.answer(token_of("genuine"));
  CHECK(s.complaint() == reason::none);
  CHECK_FALSE(s.needs<need_code>().firebase);
  CHECK_FALSE(s.decider.take(token_of("genuine")));
  s.answer(code{std::string("12345")});
  CHECK(s.needs<done>().me.id() == s.me);
}

TEST_CASE("who knows nothing of Firebase is asked for no token", "[login]") {
  login_stage s;
  s.by_firebase = true;
  s.answer(phone_number{std::string(s.phone)});
  CHECK_FALSE(s.needs<need_code>().firebase);
}

TEST_CASE("who has no token of Firebase says why, and the code goes the next way", "[login]") {
  login_stage s;
  s.by_firebase = true;
  s.answer(with_firebase(s));
  s.answer(firebase_token{.no_token = "PLAY_INTEGRITY_FAILED"});
  CHECK(s.no_token == "PLAY_INTEGRITY_FAILED");
  CHECK(s.asked == names{"auth.sendCode", "auth.resendCode"});
  CHECK_FALSE(s.needs<need_code>().firebase);
  s.answer(resend_code{});
  CHECK(s.no_token.empty());  // that was another time
}

TEST_CASE("a program that gets tokens by itself says so for every number", "[login]") {
  login_stage s;
  s.by_firebase = true;
  s.app.firebase = true;
  s.answer(phone_number{std::string(s.phone)});
  CHECK(s.settings.allow_firebase);
  CHECK(s.needs<need_code>().firebase);
}

TEST_CASE("the server hears how a code may come, and of nothing else", "[login]") {
  login_stage s;
  s.answer(phone_number{std::string(s.phone)});
  auto const& plain = s.settings;
  CHECK_FALSE((plain.allow_flashcall || plain.allow_missed_call || plain.current_number));
  CHECK_FALSE((plain.unknown_number || plain.allow_app_hash || plain.allow_firebase));
  CHECK_FALSE((plain.token || plain.app_sandbox));
  s.answer(other_number{});
  code_options how{.flash_call = true, .this_device = true, .app_hash = true};
  how.push_token = std::string("token");
  s.answer(phone_number{.number = std::string(s.phone), .how = how});
  CHECK(s.settings.allow_flashcall);
  CHECK_FALSE(s.settings.allow_missed_call);
  CHECK(s.settings.current_number);
  CHECK_FALSE(s.settings.unknown_number);
  CHECK(s.settings.allow_app_hash);
  CHECK_FALSE(s.settings.allow_firebase);
  REQUIRE(s.settings.token);
  CHECK(s.settings.token->view() == "token");
  CHECK(s.settings.app_sandbox == false);
  s.answer(other_number{});
  s.answer(phone_number{.number = std::string(s.phone), .how = {.missed_call = true}});
  CHECK(s.settings.allow_missed_call);
  CHECK_FALSE(s.settings.allow_flashcall);
  CHECK_FALSE(s.settings.token);
}

TEST_CASE("a passkey that the server takes of other apps only is given up", "[login][passkey]") {
  login_stage s;
  s.answer(by_passkey{});
  s.refusing["auth.finishPasskeyLogin"] = "PASSKEY_ORIGIN_MISMATCH";
  s.answer(signed_by("good"));
  CHECK(std::holds_alternative<need_identity>(s.decider.needed()));
  CHECK(s.complaint() == reason::passkey_unusable);
}

TEST_CASE("a passkey whose challenge is old is challenged anew", "[login][passkey]") {
  login_stage s;
  s.answer(by_passkey{});
  s.refusing["auth.finishPasskeyLogin"] = "PASSKEY_AUTH_RESTART";
  s.answer(signed_by("good"));
  CHECK(s.complaint() == reason::begun_anew);
  CHECK(s.needs<need_passkey>().options == "challenge 2");
}

TEST_CASE("a code that does not come is reported, and stays asked for", "[login]") {
  login_stage s;
  s.answer(phone_number{std::string(s.phone)});
  s.answer(code_missing{"01"});
  CHECK(s.missing_in == "01");
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
  CHECK(s.complaint() == reason::none);
}

TEST_CASE("a passkey signs in, and the password follows", "[login][passkey]") {
  login_stage s;
  s.password = "hunter2";
  s.answer(by_passkey{});
  CHECK(s.needs<need_passkey>().options == "challenge 1");
  s.answer(signed_by("good"));
  CHECK_FALSE(s.shown_passkey->from_dc_id);
  CHECK(std::holds_alternative<need_password>(s.decider.needed()));
  s.answer(password{std::string("hunter2")});
  CHECK(s.needs<done>().me.id() == s.me);
}

TEST_CASE("a passkey that is refused is asked for again, with another challenge",
          "[login][passkey]") {
  login_stage s;
  s.answer(by_passkey{});
  s.answer(signed_by("strange"));
  CHECK(s.complaint() == reason::passkey_refused);
  CHECK(s.needs<need_passkey>().options == "challenge 2");
  s.answer(phone_number{std::string(s.phone)});
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
}

TEST_CASE("a passkey of another data centre is shown there, with the place of its challenge",
          "[login][passkey]") {
  login_stage s;
  s.answer(by_passkey{});
  s.answer(signed_by("good", "4:42"));
  CHECK(s.dc == 4);
  CHECK(s.shown_passkey->from_dc_id == 2);
  CHECK(s.shown_passkey->from_auth_key_id == 102);
  CHECK(s.needs<done>().me.id() == s.me);
}

TEST_CASE("a handle that names no data centre moves nobody", "[login][passkey]") {
  for (std::string const handle : {"", "42", ":42", "x:42", "-4:42", "0:42"}) {
    login_stage s;
    s.answer(by_passkey{});
    s.answer(signed_by("good", handle));
    CHECK(s.dc == 2);
  }
}

TEST_CASE("a passkey whose answer was lost has signed in, or is asked for again",
          "[login][passkey]") {
  auto const how = GENERATE(mishap::answer_lost, mishap::request_lost);
  login_stage s;
  s.answer(by_passkey{});
  s.mishaps[1] = how;
  s.answer(signed_by("good"));
  if (how == mishap::answer_lost) {
    CHECK(s.needs<done>().me.id() == s.me);
  } else {
    CHECK(s.needs<need_passkey>().options == "challenge 2");
  }
}
