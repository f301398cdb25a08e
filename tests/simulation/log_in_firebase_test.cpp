// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Codes that Firebase vouches for, and codes that do not come:
// https://core.telegram.org/api/auth
#include "log_in_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using test::log_in_stage;
using test::visitor;
using words = std::vector<std::string>;

namespace {

constexpr std::string_view people = R"({
  "users": [{"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345", "codes": ["firebase", "call"]}]
})";

/// What Firebase says to who asks on Android.
login::firebase_token token_for(login::firebase_request const& what) {
  return {.play_integrity = testing::logins::vouch(as_text(what.play_integrity_nonce))};
}

/// A program that asks Firebase, counted.
struct vouching_stage : log_in_stage {
  vouching_stage() : log_in_stage(people) {}
  int asked = 0;
  std::function<login::firebase_token(login::firebase_request const&)> answer = token_for;

  client_config vouching() {
    auto out = config();
    out.firebase = [this](login::firebase_request const& what) -> task<login::firebase_token> {
      ++asked;
      login::firebase_token made = answer(what);
      co_return made;
    };
    return out;
  }
};

}  // namespace

TEST_CASE("a program gets a token of Firebase, and the code is sent", "[login][dc][firebase]") {
  vouching_stage s;
  visitor alice;
  s.live(s.vouching(), [&](client& c) -> task<> {
    auto const me = co_await alice.sign_in(c);
    CHECK(me.id() == 42);
  });
  CHECK(alice.asked == words{"identity", "code by sms"});
  CHECK_FALSE(std::get<login::need_code>(alice.last).firebase);
  CHECK(s.asked == 1);
  CHECK(s.centre.calls("auth.requestFirebaseSms") == 1);
}

TEST_CASE("the short log-in gets its token of Firebase as well", "[login][dc][firebase]") {
  vouching_stage s;
  code_prompt const type = [](sent_code const&) -> task<std::string> { co_return "12345"; };
  s.live(s.vouching(), [&](client& c) -> task<> {
    auto going = c.sign_in("+9996621001", type);
    auto const me = co_await std::move(going);
    CHECK(me.id() == 42);
  });
  CHECK(s.asked == 1);
}

TEST_CASE("a person is told that the server does not take a token, and has the code sent elsewhere",
          "[login][dc][firebase]") {
  vouching_stage s;
  s.answer = [](login::firebase_request const&) {
    return login::firebase_token{.play_integrity = std::string("forged")};
  };
  visitor alice;
  alice.says["code by sms"] = {login::resend_code{}};
  s.live(s.vouching(), [&](client& c) -> task<> { co_await alice.sign_in(c); });
  CHECK(alice.asked == words{"identity",
                             "code by sms: The server does not accept what Firebase says.",
                             "code by call"});
  CHECK(s.asked == 1);
}

TEST_CASE("the short log-in says that a token was not taken", "[login][dc][firebase]") {
  vouching_stage s;
  s.answer = [](login::firebase_request const&) {
    return login::firebase_token{.play_integrity = std::string("forged")};
  };
  code_prompt const type = [](sent_code const&) -> task<std::string> { co_return "12345"; };
  std::string said;
  s.live(s.vouching(), [&](client& c) -> task<> {
    try {
      co_await c.sign_in("+9996621001", type);
    } catch (error const& e) {
      said = e.what();
    }
  });
  CHECK(said.find("does not accept what Firebase says") != std::string::npos);
}

TEST_CASE("without a token the code goes the next way", "[login][dc][firebase]") {
  vouching_stage s;
  s.answer = [](login::firebase_request const&) {
    return login::firebase_token{.no_token = "PLAY_INTEGRITY_FAILED"};
  };
  visitor alice;
  s.live(s.vouching(), [&](client& c) -> task<> { co_await alice.sign_in(c); });
  CHECK(alice.asked == words{"identity", "code by call"});
}

TEST_CASE("a person may show the token instead of the program", "[login][dc][firebase]") {
  vouching_stage s;
  visitor alice;
  alice.says["identity"] = {login::phone_number{std::string("+9996621001"), true}};
  alice.before_answer = [&](login::step const& what) -> task<> {
    auto const* asked = std::get_if<login::need_code>(&what);
    if (!asked || !asked->firebase) co_return;
    CHECK(asked->firebase->play_integrity_project != 0);
    alice.says["code"] = {login::code{std::string("12345")}, token_for(*asked->firebase)};
    if (asked->why) alice.says["code"].pop_front();
  };
  s.live([&](client& c) -> task<> { co_await alice.sign_in(c); });
  CHECK(alice.asked == words{"identity", "code by sms", "code by sms: The code is wrong.",
                             "code by sms"});  // nothing was sent before the token
}

TEST_CASE("an app that Firebase does not know gets no such code", "[login][dc][firebase]") {
  vouching_stage s;
  visitor alice;
  s.live([&](client& c) -> task<> { co_await alice.sign_in(c); });
  CHECK(alice.asked == words{"identity", "code by call"});
}

TEST_CASE("what the program throws the log-in throws, and goes on from there",
          "[login][dc][firebase]") {
  vouching_stage s;
  bool broken = true;
  s.answer = [&](login::firebase_request const& what) {
    if (std::exchange(broken, false)) throw std::runtime_error("no services of Google");
    return token_for(what);
  };
  std::string said;
  s.live(s.vouching(), [&](client& c) -> task<> {
    login::flow flow;
    flow.answer(login::phone_number{std::string("+9996621001")});
    try {
      co_await c.sign_in(flow);
    } catch (std::runtime_error const& e) {
      said = e.what();
    }
    auto step = co_await c.sign_in(flow);
    CHECK_FALSE(std::get<login::need_code>(step).firebase);
    flow.answer(login::code{std::string("12345")});
    step = co_await c.sign_in(flow);
    CHECK(std::holds_alternative<login::done>(step));
  });
  CHECK(said == "no services of Google");
  CHECK(s.centre.calls("auth.sendCode") == 1);
}

TEST_CASE("a code that does not come is reported to the server", "[login][dc]") {
  vouching_stage s;
  visitor alice;
  alice.says["code"] = {login::code_missing{"01"}};
  s.live([&](client& c) -> task<> { co_await alice.sign_in(c); });
  CHECK(alice.asked == words{"identity", "code by call", "code by call"});
  s.centre.with_world([](testing::world& in) {
    CHECK(in.sign_ins().last_missing() == std::pair<std::string, std::string>("9996621001", "01"));
  });
}
