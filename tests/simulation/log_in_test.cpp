// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A client takes every road by phone number into a data centre: https://core.telegram.org/api/auth
#include "log_in_stage.hpp"

#include <mtp/core/error.hpp>
#include <support/catch.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using test::log_in_stage;
using test::visitor;
using words = std::vector<std::string>;

namespace {

constexpr std::string_view people = R"({
  "log_ins": {"wrong_codes": 3, "pause": 100},
  "terms": {"id": "t1", "text": "Be kind.", "popup": true, "min_age": 16},
  "users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"},
    {"id": 43, "first_name": "Bob", "phone": "+9996621002", "code": "12345", "email": "bob@example.org",
     "codes": ["app", "sms", "word", "phrase", "call", "flash_call", "missed_call", "fragment", "email"]},
    {"id": 44, "first_name": "Far", "phone": "+9996621003", "code": "12345", "home_dc": 4},
    {"id": 45, "first_name": "Ban", "phone": "+9996621004", "code": "12345", "banned": true},
    {"id": 46, "first_name": "Eve", "phone": "+9996621005", "code": "12345", "must_set_email": true}
  ],
  "bots": [{"id": 9, "first_name": "Bot", "username": "the_bot", "token": "9:x", "home_dc": 4}]
})";

/// Signs in, and is asked exactly that.
void enter(log_in_stage& s, visitor& who, std::int64_t id, words const& asked) {
  s.live([&](client& c) -> task<> {
    auto const me = co_await who.sign_in(c);
    CHECK(me.id() == id);
    auto const again = co_await c.get_me();
    CHECK(again.id() == id);
  });
  CHECK(who.asked == asked);
}

}  // namespace

TEST_CASE("a code goes every way that the account has, one after the other", "[login][dc]") {
  log_in_stage s(people);
  visitor bob{.phone = "+9996621002"};
  bob.how = {.flash_call = true, .missed_call = true};
  for (int i = 0; i < 9; ++i) bob.says["code"].push_back(login::resend_code{});
  std::vector<std::string> clues;
  bob.before_answer = [&](login::step const& what) -> task<> {
    auto const* sent = std::get_if<login::need_code>(&what);
    if (sent) clues.push_back(sent->sent.clue);
    co_return;
  };
  enter(s, bob, 43,
        {"identity", "code by app", "code by sms", "code by word", "code by phrase", "code by call",
         "code by flash_call", "code by missed_call", "code by fragment", "code by email",
         "code by email: The code cannot be sent in another way."});
  CHECK(clues == words{"", "", "1", "12345", "", "*****", "+1555", "https://fragment.com/numbers",
                       "b***b@example.org", "b***b@example.org"});
}

TEST_CASE("a code goes by a call only where the program allows it", "[login][dc]") {
  log_in_stage s(R"({"users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345",
     "codes": ["flash_call", "missed_call"]}]})");
  visitor alice{.how = {.missed_call = true}};
  enter(s, alice, 42, {"identity", "code by missed_call"});
  visitor other{.how = {.flash_call = true}};
  enter(s, other, 42, {"identity", "code by flash_call"});
  visitor plain;
  plain.says["identity"] = {
      login::phone_number{std::string("+9996621001")},
      login::phone_number{.number = std::string("+9996621001"), .how = {.flash_call = true}}};
  enter(s, plain, 42,
        {"identity", "identity: The code cannot be sent in another way.", "code by flash_call"});
}

TEST_CASE("a person is told how and when the code can be sent once more", "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  enter(s, alice, 42, {"identity", "code by app"});
  auto const& sent = std::get<login::need_code>(alice.last);
  CHECK(sent.sent.length == 5);
  CHECK(sent.next == code_delivery::sms);
  CHECK(sent.resend_after == 60s);
}

TEST_CASE("a wrong and an empty code are told, then the right one signs in", "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  alice.says["code"] = {login::code{std::string("11111")}, login::code{}};
  enter(s, alice, 42,
        {"identity", "code by app", "code by app: The code is wrong.",
         "code by app: The code is wrong."});
}

TEST_CASE("a code that came too late is replaced by a new one", "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  alice.before_answer = [&](login::step const& what) -> task<> {
    bool const first = std::holds_alternative<login::need_code>(what) && alice.asked.size() == 2;
    if (first) co_await s.sim.sleep(301s);
  };
  enter(s, alice, 42,
        {"identity", "code by app", "code by app: The code came too late; a new one was sent."});
  CHECK(s.centre.calls("auth.sendCode") == 2);
}

TEST_CASE("who guesses codes is told how long to wait", "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  for (int i = 0; i < 4; ++i) alice.says["code"].push_back(login::code{std::string("11111")});
  alice.before_answer = [&](login::step const& what) -> task<> {
    auto const why = login::complaint_of(what);
    if (why.what != login::reason::too_many_attempts) co_return;
    CHECK(why.retry_after > 90s);
    co_await s.sim.sleep(why.retry_after);
  };
  enter(s, alice, 42,
        {"identity", "code by app", "code by app: The code is wrong.",
         "code by app: The code is wrong.", "code by app: The code is wrong.",
         "code by app: The server wants a pause. Try again in 100 seconds."});
}

TEST_CASE("a short pause of the server is waited for without a question", "[login][dc]") {
  log_in_stage s(people);
  s.centre.with_world([](testing::world& in) { in.options().log_ins.pause = 20; });
  visitor alice;
  for (int i = 0; i < 3; ++i) alice.says["code"].push_back(login::code{std::string("11111")});
  auto const began = s.sim.now().steady;
  enter(s, alice, 42,
        {"identity", "code by app", "code by app: The code is wrong.",
         "code by app: The code is wrong.", "code by app: The code is wrong."});
  CHECK(s.sim.now().steady - began > 19s);
}

TEST_CASE("numbers that cannot sign in are told why, then another one can", "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  alice.says["identity"] = {login::phone_number{std::string("12")},
                            login::phone_number{std::string("+49 151 12345678")},
                            login::phone_number{std::string("+9996621004")}};
  enter(s, alice, 42,
        {"identity", "identity: This is no telephone number.",
         "identity: This number has no account.", "identity: This number may not be used.",
         "code by app"});
}

TEST_CASE("another number takes the code of the one before back", "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  alice.says["identity"] = {login::phone_number{std::string("+9996621002")}};
  alice.says["code"] = {login::other_number{}};
  enter(s, alice, 42, {"identity", "code by app", "identity", "code by app"});
  CHECK(s.centre.calls("auth.cancelCode") == 1);
}

TEST_CASE("a person of another data centre signs in there", "[login][dc]") {
  log_in_stage s(people);
  visitor far{.phone = "+9996621003"};
  auto const store = memory_session();
  s.live(s.config(store), [&](client& c) -> task<> { co_await far.sign_in(c); });
  CHECK(far.asked == words{"identity", "code by app"});
  CHECK(s.place_of(44) == 4);
  s.live(s.config(store), [&](client& c) -> task<> {
    auto const me = co_await far.sign_in(c);  // the session has kept both
    CHECK(me.id() == 44);
  });
  CHECK(far.asked.size() == 2);
  CHECK(s.centre.calls("auth.sendCode") == 2);  // the first one was sent away
}

TEST_CASE("a bot of another data centre signs in there", "[login][dc]") {
  log_in_stage s(people);
  visitor bot;
  bot.says["identity"] = {login::bot_token{std::string("9:wrong")},
                          login::bot_token{std::string("9:x")}};
  enter(s, bot, 9, {"identity", "identity: No bot has this token."});
  CHECK(s.place_of(9) == 4);
}

TEST_CASE("a new number signs up and agrees to the terms", "[login][dc]") {
  log_in_stage s(people);
  visitor nora{.phone = "+99966 3 4321", .code = "33333"};
  nora.says["name"] = {login::new_name{}};
  s.live([&](client& c) -> task<> {
    auto const me = co_await nora.sign_in(c);
    CHECK(me.first_name() == "Nora");
  });
  CHECK(nora.asked ==
        words{"identity", "code by app", "name", "name: The server does not take this name."});
  auto const& asked = std::get<login::need_sign_up>(nora.last);
  CHECK(asked.terms == "Be kind.");
  CHECK(asked.must_confirm);
  CHECK(asked.min_age == 16);
  s.centre.with_world([](testing::world& in) {
    auto const* who = in.everybody().find_phone("9996634321");
    REQUIRE(who);
    CHECK(who->accepted_terms == "t1");
  });
}

TEST_CASE("an address is set up at a log-in, and codes go there from then on", "[login][dc]") {
  log_in_stage s(people);
  visitor eve{.phone = "+9996621005", .address = "eve@example.org"};
  eve.says["address"] = {login::email_address{std::string("nowhere")}};
  eve.says["code of the address"] = {login::resend_code{}, login::code{std::string("111")}};
  enter(s, eve, 46,
        {"identity", "address", "address: The server does not take this address.",
         "code of the address", "code of the address", "code of the address: The code is wrong.",
         "code by app"});
  visitor again{.phone = "+9996621005"};
  again.says["code"] = {login::code{std::string("111")}};
  enter(s, again, 46, {"identity", "code by email", "code by email: The code is wrong."});
}

TEST_CASE("who has signed out comes back without a code", "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  s.live([&](client& c) -> task<> {
    co_await alice.sign_in(c);
    co_await c.auth().sign_out();
    CHECK(s.place_of(42) == 0);
    co_await alice.sign_in(c);
    co_await c.auth().sign_out();
  });
  CHECK(alice.asked == words{"identity", "code by app", "identity"});
}

TEST_CASE("a login that the server ends while it is used is told with the server's word",
          "[login][dc]") {
  log_in_stage s(people);
  auto const how = GENERATE(std::string("AUTH_KEY_UNREGISTERED"), std::string("USER_DEACTIVATED"),
                            std::string("USER_DEACTIVATED_BAN"));
  visitor alice;
  s.live([&](client& c) -> task<> {
    co_await alice.sign_in(c);
    auto updates = c.updates();
    if (how == "AUTH_KEY_UNREGISTERED") {
      s.centre.forget(testing::remembered::login, {.account = 42});
    } else {
      s.centre.with_world([&](testing::world& in) {
        auto& all = in.everybody();
        how == "USER_DEACTIVATED" ? all.remove(42) : void(all.find(42)->banned = true);
      });
    }
    std::string said;
    try {
      co_await c.get_me();
    } catch (auth_required const& e) {
      said = e.failure().name;
    }
    CHECK(said == how);
  });
}

TEST_CASE("a person whose key somebody else uses is told so, and signs in with another one",
          "[login][dc]") {
  log_in_stage s(people);
  visitor alice;
  s.live([&](client& c) -> task<> {
    co_await alice.sign_in(c);
    auto changes = c.status_changes();
    CHECK(s.centre.duplicate_keys({.account = 42}) == 1);
    std::string said;
    try {
      co_await c.get_me();
    } catch (auth_required const& e) {
      said = e.failure().name;
    }
    CHECK(said == "AUTH_KEY_UNREGISTERED");
    auto const told = co_await changes.next();
    REQUIRE(told);
    CHECK(told->status == client_status::signed_out);
    CHECK(told->why == client_errc::key_duplicated);
    co_await alice.sign_in(c);
    CHECK(s.place_of(42) == 2);
    CHECK(c.status() == client_status::ready);
  });
}

TEST_CASE("a test number signs in at a test data centre by its code", "[login][dc]") {
  log_in_stage s("{}", true);
  visitor nora{.phone = "+9996627345", .code = "22222"};
  nora.says["code"] = {login::code{std::string("33333")}};
  auto config = s.config();
  config.environment = dc_environment::test;
  s.live(config, [&](client& c) -> task<> {
    auto const me = co_await nora.sign_in(c);
    CHECK(me.first_name() == "Nora");
  });
  CHECK(nora.asked == words{"identity", "code by app", "code by app: The code is wrong.", "name"});
  // The same servers do not serve who takes them for Telegram's own.
  bool refused = false;
  try {
    s.live([&](client& c) -> task<> { co_await c.get_me(); });
  } catch (error const& e) {
    refused = e.code() == protocol_errc::wrong_dc;
  }
  CHECK(refused);
}
