// SPDX-License-Identifier: MIT OR Apache-2.0
#include "login_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::login;
using mtp::test::login_stage;
using names = std::vector<std::string>;

namespace {

/// Somebody whose code has been sent.
struct code_sent : login_stage {
  code_sent() { answer(phone_number{std::string(phone)}); }
};

/// Somebody who is to show the password.
struct code_typed : login_stage {
  code_typed() {
    password = "hunter2";
    answer(phone_number{std::string(phone)});
    answer(code{std::string("12345")});
  }
};

/// Somebody whose QR code is shown.
struct qr_shown : login_stage {
  qr_shown() { answer(by_qr{}); }
};

std::int64_t whom(login_stage const& s) { return s.needs<done>().me.id(); }

}  // namespace

TEST_CASE("a log-in asks who, then for the code, and is done", "[login]") {
  login_stage s;
  CHECK(std::holds_alternative<need_identity>(s.go_on()));
  s.answer(phone_number{std::string(s.phone)});
  auto const& sent = s.needs<need_code>();
  CHECK(sent.phone == s.phone);
  CHECK(sent.sent.delivery == code_delivery::app);
  CHECK(sent.sent.length == 5);
  CHECK(sent.next == code_delivery::call);
  CHECK(sent.resend_after == std::chrono::seconds(60));
  CHECK(s.complaint() == reason::none);
  s.answer(code{std::string("12345")});
  CHECK(whom(s) == s.me);
  CHECK(s.asked == names{"auth.sendCode", "auth.signIn"});
}

TEST_CASE("a wrong number or code is asked for again", "[login]") {
  login_stage s;
  s.answer(phone_number{std::string("+1")});
  CHECK(std::holds_alternative<need_identity>(s.decider.needed()));
  CHECK(s.complaint() == reason::phone_invalid);
  s.answer(phone_number{std::string(s.phone)});
  CHECK(s.complaint() == reason::none);
  s.answer(code{std::string("11111")});
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
  CHECK(s.complaint() == reason::code_wrong);
  s.answer(code{std::string("12345")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a number is taken as people write it", "[login]") {
  login_stage s;
  s.answer(phone_number{std::string(" +1 (0)-0 ")});
  CHECK(s.needs<need_code>().phone == s.phone);
  s.answer(code{std::string("12345")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a code that came too late is replaced by another", "[login]") {
  code_sent s;
  s.code_good = false;
  s.answer(code{std::string("12345")});
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
  CHECK(s.complaint() == reason::code_expired);
  CHECK(s.codes_sent == 2);
  s.answer(code{std::string("12345")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a code is sent again, or taken back for another number", "[login]") {
  code_sent s;
  s.answer(resend_code{});
  CHECK(s.asked.back() == "auth.resendCode");
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
  s.answer(other_number{});
  CHECK(s.asked.back() == "auth.cancelCode");
  CHECK(std::holds_alternative<need_identity>(s.decider.needed()));
  CHECK_FALSE(s.code_good);
}

TEST_CASE("a password follows the code, again after a wrong one", "[login]") {
  code_typed s;
  CHECK(s.needs<need_password>().hint == "pet");
  CHECK(s.needs<need_password>().can_recover);
  s.answer(password{std::string("wrong")});
  CHECK(s.complaint() == reason::password_wrong);
  CHECK(s.needs<need_password>().challenge.id == s.challenges);
  s.answer(password{std::string("hunter2")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a stale challenge is replaced, and the password proved anew without asking", "[login]") {
  code_typed s;
  ++s.challenges;  // somebody else was given another
  s.answer(password{std::string("hunter2")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a proof made by the program may be given instead of the password", "[login]") {
  code_typed s;
  auto const prove = [&](std::string_view text) {
    password_proof out{.id = s.needs<need_password>().challenge.id};
    out.check.assign(text.begin(), text.end());
    return out;
  };
  auto const stale = prove("hunter2");
  ++s.challenges;
  s.answer(stale);
  CHECK(s.complaint() == reason::challenge_used);
  s.answer(prove("wrong"));
  CHECK(s.complaint() == reason::password_wrong);
  s.answer(prove("hunter2"));
  CHECK(whom(s) == s.me);
}

TEST_CASE("challenges that are always stale end in a question", "[login]") {
  code_typed s;
  s.password_due = false;  // the server refuses every proof
  s.answer(password{std::string("hunter2")});
  CHECK(s.complaint() == reason::challenge_used);
  CHECK(s.asked.size() < 15);
}

TEST_CASE("an unsafe challenge goes to the caller, and the password stays asked for", "[login]") {
  code_typed s;
  REQUIRE(s.decider.take(password{std::string("hunter2")}));
  s.decider.next(s.app, s.now);
  s.decider.on_unprovable(protocol_errc::bad_dh_prime);
  auto const what = s.decider.next(s.app, s.now);
  auto const* failed = std::get_if<login::machine::give_up>(&what);
  REQUIRE(failed);
  CHECK(failed->code == protocol_errc::bad_dh_prime);
  CHECK(std::holds_alternative<need_password>(s.go_on()));
}

TEST_CASE("a forgotten password is recovered by a code", "[login]") {
  code_typed s;
  s.answer(recover_password{});
  CHECK(s.needs<need_recovery_code>().email_pattern == "a***@example.org");
  s.answer(code{std::string("1")});
  CHECK(s.complaint() == reason::recovery_code_wrong);
  s.answer(code{std::string("777")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a password that is gone when it is asked for is asked for no more", "[login]") {
  code_typed s;
  s.password.clear();
  s.answer(password{std::string("wrong")});
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
  s.answer(code{std::string("12345")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a number without an account signs up and accepts the terms", "[login]") {
  login_stage s;
  s.registered = false;
  s.answer(phone_number{std::string(s.phone)});
  s.answer(code{std::string("12345")});
  CHECK(s.needs<need_sign_up>().terms == "Be kind.");
  s.answer(new_name{});
  CHECK(s.complaint() == reason::name_invalid);
  s.answer(new_name{.first = "Ann"});
  CHECK(whom(s) == s.me);
  CHECK(s.terms_accepted);
}

TEST_CASE("a bot signs in by the same road", "[login]") {
  login_stage s;
  s.answer(bot_token{std::string("7:bad")});
  CHECK(s.complaint() == reason::token_invalid);
  s.answer(bot_token{std::string("7:good")});
  CHECK(whom(s) == s.me);
  CHECK(s.decider.token() == "7:good");
}

TEST_CASE("an e-mail address is set up before the code", "[login]") {
  login_stage s;
  s.sets_up_email = true;
  s.answer(phone_number{std::string(s.phone)});
  CHECK(std::holds_alternative<need_email>(s.decider.needed()));
  s.answer(email_address{std::string("nowhere")});
  CHECK(s.complaint() == reason::email_invalid);
  s.answer(email_address{std::string("ann@example.org")});
  CHECK(s.needs<need_email_code>().length == 3);
  s.answer(code{std::string("1")});
  CHECK(s.complaint() == reason::code_wrong);
  s.answer(code{std::string("777")});
  s.answer(code{std::string("12345")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("a code for an address that came too late is sent anew", "[login]") {
  login_stage s;
  s.sets_up_email = true;
  s.answer(phone_number{std::string(s.phone)});
  s.answer(email_address{std::string("a@example.org")});
  s.refusing["account.verifyEmail"] = "EMAIL_VERIFY_EXPIRED";
  s.answer(code{std::string("777")});
  CHECK(s.asked.back() == "account.sendVerifyEmailCode");
  CHECK(std::holds_alternative<need_email_code>(s.decider.needed()));
  CHECK(s.complaint() == reason::code_expired);
  s.refusing.clear();
  s.answer(code{std::string("777")});
  CHECK(std::holds_alternative<need_code>(s.decider.needed()));
}

TEST_CASE("a QR code is shown until it is scanned", "[login][qr]") {
  qr_shown s;
  CHECK(s.needs<need_scan>().url == "tg://login?token=dG9rZW4");
  auto const begun = s.now.steady;
  s.scanned = true;
  s.go_on();
  CHECK(whom(s) == s.me);
  CHECK(s.now.steady == begun);
}

TEST_CASE("a QR code is asked for again when it expires", "[login][qr]") {
  qr_shown s;
  auto what = s.decider.next(s.app, s.now);
  CHECK(std::holds_alternative<login::machine::ask>(what));
  s.decider.go_on();
  what = s.decider.next(s.app, s.now);
  auto const* wait = std::get_if<login::machine::wait_for_scan>(&what);
  REQUIRE(wait);
  CHECK(wait->until == s.now.steady + std::chrono::seconds(30));
  what = s.decider.next(s.app, s.now.after(std::chrono::seconds(30)));
  CHECK(std::holds_alternative<login::machine::perform>(what));
}

TEST_CASE("a clock that is wrong makes nobody ask all the time, nor never", "[login][qr]") {
  for (int const hours : {-1000, 1000}) {
    login_stage s;
    s.now.wall += std::chrono::hours(hours);
    s.answer(by_qr{});
    s.decider.go_on();
    auto const what = s.decider.next(s.app, s.now);
    auto const* wait = std::get_if<login::machine::wait_for_scan>(&what);
    REQUIRE(wait);
    CHECK(wait->until - s.now.steady >= std::chrono::seconds(5));
    CHECK(wait->until - s.now.steady <= std::chrono::seconds(60));
  }
}

TEST_CASE("a scan by an account of another data centre goes on there", "[login][qr]") {
  qr_shown s;
  s.home_dc = 4;
  s.scanned = true;
  s.go_on();
  CHECK(whom(s) == s.me);
  CHECK(s.dc == 4);
  CHECK(s.asked ==
        names{"auth.exportLoginToken", "auth.exportLoginToken", "auth.importLoginToken"});
}

TEST_CASE("a QR code that the other data centre does not take is replaced", "[login][qr]") {
  auto const why = GENERATE(std::string("AUTH_TOKEN_INVALID"), std::string("AUTH_TOKEN_INVALIDX"),
                            std::string("AUTH_TOKEN_EXPIRED"));
  qr_shown s;
  s.home_dc = 4;
  s.scanned = true;
  s.refusing["auth.importLoginToken"] = why;
  s.go_on();
  CHECK(s.thrown.empty());
  CHECK(s.asked.back() == "auth.exportLoginToken");
  CHECK(whom(s) == s.me);
}

TEST_CASE("an account of an unknown data centre is told", "[login][qr]") {
  qr_shown s;
  s.home_dc = 99;
  s.scanned = true;
  s.go_on();
  CHECK_FALSE(s.thrown.empty());
  CHECK(std::holds_alternative<need_scan>(s.decider.needed()));
}

TEST_CASE("a password follows a scan", "[login][qr]") {
  qr_shown s;
  s.password = "hunter2";
  s.home_dc = 4;
  s.scanned = true;
  s.go_on();
  s.answer(password{std::string("hunter2")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("whoever waits for a scan may name a number instead", "[login][qr]") {
  qr_shown s;
  s.answer(phone_number{std::string(s.phone)});
  s.answer(code{std::string("12345")});
  CHECK(whom(s) == s.me);
}

TEST_CASE("tokens of earlier log-outs are shown with the number", "[login]") {
  login_stage s;
  s.app.tokens.emplace_back(bytes{1, 2, 3});
  REQUIRE(s.decider.take(phone_number{std::string(s.phone)}));
  auto const what = s.decider.next(s.app, s.now);
  auto const* perform = std::get_if<login::machine::perform>(&what);
  REQUIRE(perform);
  auto const* request = std::get_if<tl::auth::sendCode>(&perform->what);
  REQUIRE(request);
  REQUIRE(request->settings.logout_tokens);
  CHECK(request->settings.logout_tokens->size() == 1);
}

TEST_CASE("an answer to something else is not taken", "[login]") {
  flow one;
  CHECK_THROWS_AS(one.answer(code{std::string("1")}), error);
  CHECK_NOTHROW(one.answer(by_qr{}));
}
