// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What people do with their own account, at a data centre that checks it.
#include <mtp/methods/account.hpp>

#include "account_stage.hpp"

#include <mtp/tl/types/User.hpp>

#include <algorithm>
#include <array>

using namespace mtp;
using namespace mtp::test;

namespace {

constexpr std::array<std::string_view, 5> no_codes{
    "", "tg://login", "tg://login?token=", "tg://login?token=*", "https://t.me/login"};

std::string bad_argument() { return make_error_code(client_errc::bad_argument).message(); }

// [account]
mtp::task<> tidy_up(mtp::client& client, std::string fresh) {
  auto const account = client.account();
  co_await account.set_password(fresh);
  auto const logins = co_await account.sessions();
  if (logins.size() > 1) co_await account.end_other_sessions();
}
// [/account]

}  // namespace

TEST_CASE("logins of an account are listed, and one of them ended", "[methods][account]") {
  log_in_stage s(account_people);
  on_two_devices(s, [](account_methods here, client& other) -> task<> {
    auto const all = co_await here.sessions();
    REQUIRE(all.size() == 2);
    auto const second = other_of(all);
    CHECK(second.id != 0);
    CHECK(second.made.time_since_epoch().count() > 0);
    auto const unknown = co_await refusal_of(here.end_session(second.id + 1));
    CHECK(unknown == "HASH_INVALID");
    auto const own = co_await refusal_of(here.end_session(0));
    CHECK(own == bad_argument());
    co_await here.end_session(second.id);
    auto const ended = co_await refusal_of(other.get_me());
    CHECK(ended == "AUTH_KEY_UNREGISTERED");
    auto const left = co_await here.sessions();
    CHECK(left.size() == 1);
  });
}

TEST_CASE("all other logins are ended at once", "[methods][account]") {
  log_in_stage s(account_people);
  on_two_devices(s, [](account_methods here, client& other) -> task<> {
    co_await here.end_other_sessions();
    auto const ended = co_await refusal_of(other.get_me());
    CHECK(ended == "AUTH_KEY_UNREGISTERED");
    auto const left = co_await here.sessions();
    REQUIRE(left.size() == 1);
    CHECK(left.front().current);
  });
}

TEST_CASE("an unconfirmed login is accepted", "[methods][account]") {
  log_in_stage s(account_people);
  on_two_devices(s, [](account_methods here, client&) -> task<> {
    auto const before = co_await here.sessions();
    CHECK(other_of(before).unconfirmed);
    co_await here.confirm_session(other_of(before).id);
    auto const after = co_await here.sessions();
    CHECK_FALSE(other_of(after).unconfirmed);
    auto const unknown = co_await refusal_of(here.confirm_session(77));
    CHECK(unknown == "HASH_INVALID");
  });
}

TEST_CASE("an account lets a device in that shows a QR code", "[methods][account][qr]") {
  log_in_stage s(account_people);
  as_alice(s, [&](client& here) -> task<> {
    log_in_stage::program const second = [&](client& other) -> task<> {
      login::flow flow;
      flow.answer(login::by_qr{});
      auto step = co_await other.sign_in(flow);
      auto const url = std::get<login::need_scan>(step).url;
      co_await here.account().accept_login(url);
      auto const again = co_await refusal_of(here.account().accept_login(url));
      CHECK(again == "AUTH_TOKEN_ALREADY_ACCEPTED");
      step = co_await other.sign_in(flow);
      REQUIRE(std::holds_alternative<login::done>(step));
      CHECK(std::get<login::done>(step).me.id() == 42);
    };
    co_await log_in_stage::life(s, s.config(), second);
    for (auto const wrong : no_codes) {
      auto const refused = co_await refusal_of(here.account().accept_login(wrong));
      CHECK(refused == bad_argument());
    }
  });
}

TEST_CASE("web sites are listed, and signed out", "[methods][account]") {
  log_in_stage s(account_people);
  s.centre.with_world([](testing::world& in) {
    in.everybody().find(42)->web_logins = {{.id = 1, .bot = 7, .domain = "one.example", .date = 9},
                                           {.id = 2, .domain = "two.example"},
                                           {.id = 3, .domain = "three.example"}};
  });
  as_alice(s, [](client& c) -> task<> {
    auto const account = c.account();
    auto const all = co_await account.web_sessions();
    REQUIRE(all.size() == 3);
    CHECK(all.front().domain == "one.example");
    CHECK(all.front().bot == 7);
    co_await account.end_web_session(1);
    auto const again = co_await refusal_of(account.end_web_session(1));
    CHECK(again == "HASH_INVALID");
    auto const rest = co_await account.web_sessions();
    CHECK(rest.size() == 2);
    co_await account.end_web_sessions();
    auto const none = co_await account.web_sessions();
    CHECK(none.empty());
  });
}

TEST_CASE("a password is set, changed and removed by who knows it", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [](client& c) -> task<> {
    auto const account = c.account();
    auto const empty = co_await refusal_of(account.set_password(""));
    CHECK(empty == bad_argument());
    co_await account.set_password("first", {.hint = "the first"});
    auto const unproved = co_await refusal_of(account.set_password("second"));
    CHECK(unproved == "PASSWORD_HASH_INVALID");
    auto const wrong = co_await refusal_of(account.remove_password("second"));
    CHECK(wrong == "PASSWORD_HASH_INVALID");
    co_await account.set_password("second", {.current = "first", .hint = "the next"});
  });
  visitor later{.password = "second"};
  as_alice(s, [](client& c) -> task<> { co_await c.account().remove_password("second"); }, later);
  visitor last;
  s.live([&](client& c) -> task<> { co_await last.sign_in(c); });
  CHECK(last.asked == std::vector<std::string>{"identity", "code by app"});
}

TEST_CASE("an account is tidied up as the guide does it", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [](client& c) -> task<> { co_await tidy_up(c, "hunter2"); });
  visitor later;
  s.live([&](client& c) -> task<> { co_await later.sign_in(c); });
  CHECK(later.asked == std::vector<std::string>{"identity", "code by app", "password"});
}

TEST_CASE("a password that was set is asked for with its hint", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [](client& c) -> task<> {
    co_await c.account().set_password("hunter2", {.hint = "what I do"});
  });
  visitor later;
  s.live([&](client& c) -> task<> { co_await later.sign_in(c); });
  REQUIRE(std::holds_alternative<login::need_password>(later.last));
  CHECK(std::get<login::need_password>(later.last).hint == "what I do");
}

TEST_CASE("a recovery address counts once it is confirmed, and recovers", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [](client& c) -> task<> {
    auto const account = c.account();
    auto const early = co_await refusal_of(account.confirm_recovery_email("12345"));
    CHECK(early == "EMAIL_HASH_EXPIRED");
    co_await account.set_password("hunter2");
    auto const none = co_await refusal_of(account.send_recovery_code());
    CHECK(none == "PASSWORD_RECOVERY_NA");
    auto const wrong = co_await refusal_of(account.set_recovery_email("hunter1", "a@b.example"));
    CHECK(wrong == "PASSWORD_HASH_INVALID");
    auto const odd = co_await refusal_of(account.set_recovery_email("hunter2", "nowhere"));
    CHECK(odd == "EMAIL_INVALID");
    co_await account.set_recovery_email("hunter2", "alice@example.org");
    auto const still = co_await refusal_of(account.send_recovery_code());
    CHECK(still == "PASSWORD_RECOVERY_NA");
    auto const mistyped = co_await refusal_of(account.confirm_recovery_email("1"));
    CHECK(mistyped == "CODE_INVALID");
    co_await account.confirm_recovery_email("12345");
    auto const sent_to = co_await account.send_recovery_code();
    CHECK(sent_to == "a***e@example.org");
    auto const guessed = co_await refusal_of(account.recover_password("1"));
    CHECK(guessed == "CODE_INVALID");
    co_await account.recover_password("12345");
    co_await account.set_password("without the old one");
  });
}

TEST_CASE("an account takes another number", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [](client& c) -> task<> {
    auto const account = c.account();
    auto const odd = co_await refusal_of(account.send_number_code("1"));
    CHECK(odd == "PHONE_NUMBER_INVALID");
    auto const taken = co_await refusal_of(account.send_number_code("+9996621002"));
    CHECK(taken == "PHONE_NUMBER_OCCUPIED");
    auto const change = co_await account.send_number_code("+99966 2 1003");
    CHECK(change.sent.delivery == code_delivery::sms);
    auto const wrong = co_await refusal_of(account.change_number(change, "54321"));
    CHECK(wrong == "PHONE_CODE_INVALID");
    co_await account.change_number(change, "12345");
    auto const again = co_await refusal_of(account.change_number(change, "12345"));
    CHECK(again == "PHONE_CODE_EXPIRED");
    auto const me = co_await c.get_me();
    REQUIRE(me.raw()->phone);
    CHECK(me.raw()->phone->view() == "9996621003");
  });
}

TEST_CASE("the code for another number comes by a call where that is allowed",
          "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [&](client& c) -> task<> {
    s.centre.with_world([](testing::world& in) {
      in.everybody().find(42)->code_ways = {testing::code_way::missed_call, testing::code_way::sms};
    });
    auto const account = c.account();
    auto const by_text = co_await account.send_number_code("+99966 2 1003");
    CHECK(by_text.sent.delivery == code_delivery::sms);
    login::code_options const how{.missed_call = true};
    auto const by_call = co_await account.send_number_code("+99966 2 1003", how);
    CHECK(by_call.sent.delivery == code_delivery::missed_call);
    co_await account.change_number(by_call, "12345");
  });
}

TEST_CASE("an account lives as many days as it is told", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [](client& c) -> task<> {
    auto const account = c.account();
    auto const before = co_await account.days_to_live();
    CHECK(before == std::chrono::days(365));
    co_await account.set_days_to_live(std::chrono::days(180));
    auto const after = co_await account.days_to_live();
    CHECK(after == std::chrono::days(180));
    auto const none = co_await refusal_of(account.set_days_to_live(std::chrono::days(0)));
    CHECK(none == bad_argument());
    auto const many = co_await refusal_of(account.set_days_to_live(std::chrono::days(1000)));
    CHECK(many == "TTL_DAYS_INVALID");
  });
}

TEST_CASE("an account is deleted only by who proves the password", "[methods][account]") {
  log_in_stage s(account_people);
  as_alice(s, [](client& c) -> task<> {
    auto const account = c.account();
    co_await account.set_password("hunter2");
    confirm_deletion const hasty("I move");
    auto const waits = co_await refusal_of(account.delete_account(hasty));
    CHECK(waits == "2FA_CONFIRM_WAIT");
    confirm_deletion const guess("I move", "hunter1");
    auto const wrong = co_await refusal_of(account.delete_account(guess));
    CHECK(wrong == "PASSWORD_HASH_INVALID");
    confirm_deletion const sure("I move", "hunter2");
    co_await account.delete_account(sure);
    auto const over = co_await refusal_of(c.get_me());
    CHECK(over == "AUTH_KEY_UNREGISTERED");
  });
  s.centre.with_world([](testing::world& in) { CHECK_FALSE(in.everybody().find(42)); });
}

static_assert(!std::is_convertible_v<std::string_view, confirm_deletion>,
              "a deletion is written out");
