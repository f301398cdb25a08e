// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A client proves the password of an account to a data centre that keeps no more than a verifier.
#include "log_in_stage.hpp"

#include <support/catch.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using test::log_in_stage;
using test::visitor;
using words = std::vector<std::string>;

namespace {

constexpr std::string_view people = R"({
  "log_ins": {"wrong_passwords": 2, "pause": 100},
  "users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345", "password": "hunter2",
     "password_hint": "what I do", "email": "alice@example.org"}
  ]
})";

words with_password(words more) {
  words out{"identity", "code by app", "password"};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

void enter(log_in_stage& s, visitor& alice, words const& more = {}) {
  s.live([&](client& c) -> task<> {
    auto const me = co_await alice.sign_in(c);
    CHECK(me.id() == 42);
    auto const again = co_await c.get_me();
    CHECK(again.id() == 42);
  });
  CHECK(alice.asked == with_password(more));
}

/// Waits once, before the first answer to such a question.
template <class Step>
auto slow_at(log_in_stage& s, std::chrono::seconds span) {
  return [&s, span, waited = false](login::step const& what) mutable -> task<> {
    if (!std::holds_alternative<Step>(what) || std::exchange(waited, true)) co_return;
    co_await s.sim.sleep(span);
  };
}

}  // namespace

TEST_CASE("a wrong password is told, then the right one signs in", "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  alice.says["password"] = {login::password{std::string("hunter1")}};
  enter(s, alice, {"password: The password is wrong."});
  auto const& asked = std::get<login::need_password>(alice.last);
  CHECK(asked.hint == "what I do");
  CHECK(asked.can_recover);
}

TEST_CASE("nobody is signed in before the password is proved", "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  alice.before_answer = [&](login::step const& what) -> task<> {
    if (std::holds_alternative<login::need_password>(what)) CHECK(s.place_of(42) == 0);
    co_return;
  };
  enter(s, alice);
  CHECK(s.place_of(42) == 2);
}

TEST_CASE("who guesses passwords is told how long to wait", "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  for (int i = 0; i < 3; ++i)
    alice.says["password"].push_back(login::password{std::string("hunter1")});
  alice.before_answer = [&](login::step const& what) -> task<> {
    auto const why = login::complaint_of(what);
    if (why.what == login::reason::too_many_attempts) co_await s.sim.sleep(why.retry_after);
  };
  enter(s, alice,
        {"password: The password is wrong.", "password: The password is wrong.",
         "password: The server wants a pause. Try again in 100 seconds."});
}

TEST_CASE("a password that comes late is proved against a new challenge", "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  alice.before_answer = slow_at<login::need_password>(s, 400s);
  enter(s, alice);
  CHECK(s.centre.calls("auth.checkPassword") == 2);
}

TEST_CASE("a proof that comes late has to be made anew", "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  bool proved = false;
  alice.before_answer = [&](login::step const& what) -> task<> {
    auto const* asked = std::get_if<login::need_password>(&what);
    if (!asked) co_return;
    auto proof = login::prove_password(asked->challenge, "hunter2", s.sim.dice());
    REQUIRE(proof);
    alice.says["password"] = {std::move(*proof)};
    if (!std::exchange(proved, true)) co_await s.sim.sleep(400s);
  };
  enter(s, alice, {"password: That took too long; once more, please."});
}

TEST_CASE("a forgotten password is recovered by an e-mail, and gone then",
          "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  alice.says["password"] = {login::recover_password{}};
  alice.says["recovery code"] = {login::code{std::string("1")}};
  enter(s, alice, {"recovery code", "recovery code: The code is wrong."});
  CHECK(std::get<login::need_recovery_code>(alice.last).email_pattern == "a***e@example.org");
  visitor later;
  s.live([&](client& c) -> task<> { co_await later.sign_in(c); });
  CHECK(later.asked == words{"identity", "code by app"});
}

TEST_CASE("a code of a recovery is good for an hour", "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  alice.says["password"] = {login::recover_password{}};
  alice.before_answer = slow_at<login::need_recovery_code>(s, 3601s);
  enter(s, alice, {"recovery code", "password: The code came too late."});
}

TEST_CASE("without an address there is no recovery", "[login][dc][password]") {
  log_in_stage s(people);
  s.centre.with_world([](testing::world& in) { in.all_passwords().set_recovery_email(42, ""); });
  visitor alice;
  alice.says["password"] = {login::recover_password{}};
  enter(s, alice, {"password: The account has no e-mail address for its recovery."});
  CHECK_FALSE(std::get<login::need_password>(alice.last).can_recover);
}

TEST_CASE("who has signed out comes back with the password alone", "[login][dc][password]") {
  log_in_stage s(people);
  visitor alice;
  s.live([&](client& c) -> task<> {
    co_await alice.sign_in(c);
    co_await c.auth().sign_out();
    co_await alice.sign_in(c);
  });
  CHECK(alice.asked == with_password({"identity", "password"}));
}
