// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The server wants a pause at any step of a log-in, or the person takes too long.
#include "log_in_stage.hpp"

#include <mtp/methods/account.hpp>
#include <support/authenticator.hpp>
#include <support/catch.hpp>

#include <sessions/base64.hpp>

#include <algorithm>

using namespace mtp;
using namespace std::chrono_literals;
using test::authenticator;
using test::log_in_stage;
using test::visitor;
using words = std::vector<std::string>;

namespace {

constexpr std::string_view people = R"({
  "users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"},
    {"id": 43, "first_name": "Bob", "phone": "+9996621002", "code": "12345", "password": "hunter2",
     "email": "bob@example.org"},
    {"id": 46, "first_name": "Eve", "phone": "+9996621005", "code": "12345", "must_set_email": true}
  ],
  "bots": [{"id": 9, "first_name": "Bot", "username": "the_bot", "token": "9:x"}]
})";

/// Somebody who waits as long as the server wants.
struct patient : visitor {
  int pauses = 0;

  void wait_on(log_in_stage& s) {
    before_answer = [this, &s](login::step const& what) -> task<> {
      auto const why = login::complaint_of(what);
      if (why.what != login::reason::too_many_attempts) co_return;
      ++pauses;
      co_await s.sim.sleep(why.retry_after);
    };
  }
};

/// Signs in although the server wants a pause of 100 seconds at the first call of that method.
void enter_after_pause(std::string_view method, patient& who, log_in_stage& s) {
  CAPTURE(method);
  s.centre.add_fault(
      {.method = std::string(method), .refusal = testing::rpc_fault{420, "FLOOD_WAIT_100"}});
  who.wait_on(s);
  auto const began = s.sim.now().steady;
  bool in = false;
  s.live([&](client& c) -> task<> {
    co_await who.sign_in(c);
    co_await c.get_me();
    in = true;
  });
  CHECK(in);
  CHECK(who.pauses == 1);
  CHECK(s.sim.now().steady - began >= 100s);
}

/// The passkey of that authenticator is added to Alice's account.
void add_passkey(log_in_stage& s, authenticator& with) {
  visitor owner;
  s.live([&](client& c) -> task<> {
    co_await owner.sign_in(c);
    auto const account = c.account();
    auto const options = co_await account.begin_passkey();
    auto const made = with.create(options);
    co_await account.add_passkey(made);
  });
  s.centre.forget(testing::remembered::login);
}

}  // namespace

TEST_CASE("a pause at any step of a log-in with a password is told, and the log-in goes on",
          "[login][dc][flood]") {
  for (auto const* method :
       {"auth.sendCode", "auth.signIn", "account.getPassword", "auth.checkPassword"}) {
    log_in_stage s(people);
    patient bob;
    bob.phone = "+9996621002";
    enter_after_pause(method, bob, s);
  }
}

TEST_CASE("a pause at any step of a recovery is told, and the log-in goes on",
          "[login][dc][flood]") {
  for (auto const* method : {"auth.requestPasswordRecovery", "auth.recoverPassword"}) {
    log_in_stage s(people);
    patient bob;
    bob.phone = "+9996621002";
    bob.says["password"] = {login::recover_password{}, login::recover_password{}};
    enter_after_pause(method, bob, s);
  }
}

TEST_CASE("a pause at a sign-up, for a bot, or while an address is set up is told",
          "[login][dc][flood]") {
  for (auto const* method : {"account.sendVerifyEmailCode", "account.verifyEmail", "auth.signUp",
                             "auth.importBotAuthorization", "auth.resendCode"}) {
    log_in_stage s(people);
    patient who;
    std::string_view const name = method;
    if (name.starts_with("account.")) who.phone = "+9996621005";
    if (name == "auth.signUp") {
      who.phone = "+9996634321";
      who.code = "33333";
    }
    login::answer const token = login::bot_token{std::string("9:x")};
    if (name == "auth.importBotAuthorization") who.says["identity"] = {token, token};
    if (name == "auth.resendCode") who.says["code"] = {login::resend_code{}};
    enter_after_pause(method, who, s);
  }
}

TEST_CASE("a pause at any step of a log-in by passkey is told", "[login][dc][flood][passkey]") {
  for (auto const* method : {"auth.initPasskeyLogin", "auth.finishPasskeyLogin"}) {
    log_in_stage s(people);
    authenticator key;
    add_passkey(s, key);
    patient guest;
    guest.says["identity"] = {login::by_passkey{}, login::by_passkey{}};
    guest.wait_on(s);
    auto const wait = std::exchange(guest.before_answer, {});
    CAPTURE(method);
    s.centre.add_fault({.method = method, .refusal = testing::rpc_fault{420, "FLOOD_WAIT_100"}});
    guest.before_answer = [&](login::step const& what) -> task<> {
      co_await wait(what);
      auto const* asked = std::get_if<login::need_passkey>(&what);
      if (asked) guest.says["passkey"] = {key.get(asked->options)};
    };
    std::int64_t in = 0;
    s.live([&](client& c) -> task<> {
      auto const me = co_await guest.sign_in(c);
      in = me.id();
    });
    CHECK(in == 42);
    CHECK(guest.pauses == 1);
  }
}

TEST_CASE("a pause before a QR code is waited for where the code is shown",
          "[login][dc][flood][qr]") {
  log_in_stage s(people);
  visitor guest;
  guest.says["identity"] = {login::by_qr{}, login::by_qr{}};
  words urls;
  guest.before_answer = [&](login::step const& what) -> task<> {
    auto const* shown = std::get_if<login::need_scan>(&what);
    if (!shown) co_return;
    urls.push_back(shown->url);
    if (urls.size() == 1)
      s.centre.add_fault({.method = "auth.exportLoginToken",
                          .refusal = testing::rpc_fault{420, "FLOOD_WAIT_100"}});
    if (urls.size() < 3) co_return;
    auto const text = sessions::decode_base64(shown->url.substr(shown->url.find('=') + 1),
                                              sessions::alphabet::url);
    s.centre.with_world([&](testing::world& in) {
      CHECK(in.qr_sign_ins().accept(text->reveal(), 42, 30, s.now()));
    });
  };
  std::int64_t in = 0;
  s.live([&](client& c) -> task<> {
    auto const me = co_await guest.sign_in(c);
    in = me.id();
  });
  CHECK(in == 42);
  REQUIRE(guest.asked.size() >= 3);
  CHECK(guest.asked[2] == "scan: The server wants a pause. Try again in 100 seconds.");
}

TEST_CASE("a passkey that is shown too late is challenged anew", "[login][dc][passkey]") {
  log_in_stage s(people);
  authenticator key;
  add_passkey(s, key);
  visitor guest;
  guest.says["identity"] = {login::by_passkey{}};
  guest.before_answer = [&](login::step const& what) -> task<> {
    auto const* asked = std::get_if<login::need_passkey>(&what);
    if (!asked) co_return;
    if (!asked->why) co_await s.sim.sleep(301s);
    guest.says["passkey"] = {key.get(asked->options)};
  };
  s.live([&](client& c) -> task<> {
    auto const me = co_await guest.sign_in(c);
    CHECK(me.id() == 42);
  });
  CHECK(guest.asked ==
        words{"identity", "passkey", "passkey: The server wants the log-in to begin again."});
}

TEST_CASE("an address whose code comes too late is asked for again", "[login][dc]") {
  log_in_stage s(people);
  s.centre.with_world([](testing::world& in) { in.options().log_ins.code_lifetime = 100; });
  visitor eve{.phone = "+9996621005"};
  bool slept = false;
  eve.before_answer = [&](login::step const& what) -> task<> {
    if (!std::holds_alternative<login::need_email_code>(what)) co_return;
    if (!std::exchange(slept, true)) co_await s.sim.sleep(101s);
  };
  s.live([&](client& c) -> task<> { co_await eve.sign_in(c); });
  CHECK(eve.asked.back() == "code by app");
  CHECK(std::ranges::count(eve.asked, "code of the address") >= 1);
}

TEST_CASE("a code that is paid for too late has to be paid for again", "[login][dc]") {
  log_in_stage s(people);
  s.centre.with_world([](testing::world& in) { in.everybody().find(42)->code_price = 199; });
  visitor alice;
  bool slept = false;
  alice.before_answer = [&](login::step const& what) -> task<> {
    auto const* asked = std::get_if<login::need_payment>(&what);
    if (!asked) co_return;
    if (!std::exchange(slept, true)) co_await s.sim.sleep(301s);
    s.centre.with_world([&](testing::world& in) {
      auto const form = in.sign_ins().pay(asked->phone, asked->hash);
      alice.says["payment"] = {login::paid{form.value_or(7)}};
    });
  };
  s.live([&](client& c) -> task<> { co_await alice.sign_in(c); });
  CHECK(alice.asked.back() == "code by app");
}
