// SPDX-License-Identifier: MIT OR Apache-2.0
// Servers that lose, delay and contradict themselves, and people who change their minds meanwhile.
#include "login_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace mtp::login;
using namespace std::chrono_literals;
using mtp::test::login_stage;
using mtp::test::mishap;

namespace {

answer alice() { return phone_number{std::string(login_stage::phone)}; }
answer right_code() { return code{std::string("12345")}; }

/// Somebody whose code has been sent.
struct waiting_for_code : login_stage {
  waiting_for_code() { answer(alice()); }
};

/// Somebody who is to show the password.
struct waiting_for_password : login_stage {
  waiting_for_password() {
    password = "hunter2";
    answer(alice());
    answer(right_code());
  }
};

template <class Step>
bool asks(login_stage const& s) {
  return std::holds_alternative<Step>(s.decider.needed());
}

}  // namespace

TEST_CASE("a QR code is asked for again when the pause that the server wants is over",
          "[login][qr]") {
  login_stage s;
  s.answer(by_qr{});
  s.mishaps[1] = mishap::flood;
  s.go_on();
  CHECK(s.complaint() == reason::too_many_attempts);
  s.decider.go_on();
  for (bool const scanned : {false, true}) {
    if (scanned) s.decider.on_scanned();
    auto const what = s.decider.next(s.app, s.now);
    auto const* wait = std::get_if<login::machine::wait_for_scan>(&what);
    REQUIRE(wait);
    CHECK(wait->until == s.now.steady + 7s);
  }
  s.now.steady += 7s;
  s.scanned = true;
  s.go_on();
  CHECK(asks<done>(s));
}

TEST_CASE("a scan whose answer was lost makes nobody a bot", "[login]") {
  login_stage s;
  s.answer(by_qr{});
  s.scanned = true;
  s.mishaps[1] = mishap::broken_off;
  s.go_on();
  s.answer(bot_token{std::string("7:good")});
  CHECK(s.asked.back() == "auth.importBotAuthorization");
  CHECK(asks<done>(s));
}

TEST_CASE("a password that was due before is not asked for because a new code was lost",
          "[login]") {
  waiting_for_password s;
  s.answer(other_number{});
  s.mishaps[s.asked.size()] = mishap::request_lost;
  s.answer(alice());
  CHECK(asks<need_code>(s));
}

TEST_CASE("whoever names another number after a lost password is told when it was right",
          "[login]") {
  waiting_for_password s;
  s.mishaps[s.asked.size()] = mishap::broken_off;
  s.answer(password{std::string("hunter2")});
  s.answer(other_number{});
  CHECK(asks<done>(s));
}

TEST_CASE("whoever names another number after a lost password that was wrong names it", "[login]") {
  waiting_for_password s;
  s.mishaps[s.asked.size()] = mishap::broken_off;
  s.answer(password{std::string("wrong")});
  s.answer(other_number{});
  CHECK(asks<need_identity>(s));
}

TEST_CASE("a server that leads round in circles is given up", "[login]") {
  struct circle {
    answer identity;
    std::map<std::string, std::string> refusing;
  };
  std::string const due = "SESSION_PASSWORD_NEEDED";
  auto const all = std::vector<circle>{
      {alice(), {{"auth.sendCode", "PHONE_CODE_EXPIRED"}}},
      {alice(), {{"auth.sendCode", due}, {"account.getPassword", due}}},
      {alice(), {{"auth.sendCode", due}}},
      {by_qr{}, {{"auth.exportLoginToken", due}}},
  };
  for (auto const& one : all) {
    login_stage s;
    s.refusing = one.refusing;
    s.answer(one.identity);
    CHECK(s.thrown == "the server leads the log-in round in circles");
    CHECK(s.asked.size() < 20);
    s.refusing.clear();
    s.answer(alice());
    CHECK(asks<need_code>(s));
  }
}

TEST_CASE("a QR code that moves for ever is given up", "[login][qr]") {
  login_stage s;
  s.home_dc = 4;
  s.scanned = s.moves_always = true;
  s.answer(by_qr{});
  CHECK_FALSE(s.thrown.empty());
  CHECK(s.asked.size() < 20);
}

TEST_CASE("a login that cannot be taken over is followed by another", "[login]") {
  waiting_for_code s;
  s.denied = true;
  s.answer(right_code());
  CHECK(asks<need_identity>(s));
  s.denied = false;
  s.answer(alice());
  s.answer(right_code());
  CHECK(asks<done>(s));
}

TEST_CASE("a code that cannot be taken back is no reason to send another", "[login]") {
  waiting_for_code s;
  s.refusing["auth.cancelCode"] = "AUTH_RESTART";
  s.answer(other_number{});
  CHECK(asks<need_identity>(s));
  CHECK(s.codes_sent == 1);
}

TEST_CASE("terms that cannot be accepted are no reason to sign in again", "[login]") {
  login_stage s;
  s.registered = false;
  s.refusing["help.acceptTermsOfService"] = "AUTH_RESTART";
  s.answer(alice());
  s.answer(right_code());
  s.answer(new_name{.first = "Ann"});
  CHECK(asks<done>(s));
  CHECK(s.codes_sent == 1);
}

TEST_CASE("terms are not accepted for another account than they were shown for", "[login]") {
  login_stage s;
  s.registered = false;
  s.answer(alice());
  s.answer(right_code());
  s.answer(other_number{});
  s.registered = true;
  s.answer(alice());
  s.answer(right_code());
  CHECK(asks<done>(s));
  CHECK_FALSE(s.terms_accepted);
}

TEST_CASE("a code that is dead is not asked for when no other can be sent", "[login]") {
  for (auto const how : {mishap::flood, mishap::server_error}) {
    waiting_for_code s;
    s.code_good = false;
    s.mishaps[s.asked.size() + 1] = how;
    s.answer(right_code());
    CHECK(asks<need_identity>(s));
    CHECK((s.complaint() == reason::too_many_attempts) == (how == mishap::flood));
    s.answer(alice());
    CHECK(asks<need_code>(s));
    CHECK(s.complaint() == reason::none);
  }
}

TEST_CASE("a password that was given up for its recovery is not tried later", "[login]") {
  waiting_for_password s;
  REQUIRE(s.decider.take(password{std::string("hunter2")}));
  s.answer(recover_password{});
  s.refusing["auth.recoverPassword"] = "PASSWORD_RECOVERY_EXPIRED";
  s.answer(code{std::string("1")});
  CHECK(asks<need_password>(s));
  CHECK(s.complaint() == reason::recovery_expired);
  CHECK(s.asked.back() == "account.getPassword");
}

TEST_CASE("what has to be found out stays so when the server wants a pause", "[login]") {
  waiting_for_code s;
  s.mishaps[s.asked.size()] = mishap::answer_lost;
  s.mishaps[s.asked.size() + 1] = mishap::flood;
  s.answer(right_code());
  CHECK(s.complaint() == reason::too_many_attempts);
  s.answer(right_code());
  CHECK(s.asked.back() == "users.getUsers");
  CHECK(asks<done>(s));
}
