// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Passkeys, with an authenticator in software whose signatures the data centre checks; and codes
// that are paid for.
#include "log_in_stage.hpp"

#include <mtp/core/error.hpp>
#include <mtp/methods/account.hpp>
#include <support/authenticator.hpp>
#include <support/catch.hpp>

using namespace mtp;
using test::authenticator;
using test::log_in_stage;
using test::three_people;
using test::visitor;
using words = std::vector<std::string>;

namespace {

/// Somebody adds the passkey of that authenticator to their account.
void add_passkey(log_in_stage& s, std::string phone, authenticator& with) {
  visitor owner{.phone = std::move(phone)};
  s.live([&](client& c) -> task<> {
    co_await owner.sign_in(c);
    auto const account = c.account();
    auto const options = co_await account.begin_passkey();
    auto const made = with.create(options);
    auto const added = co_await account.add_passkey(made);
    CHECK(added.id == made.id);
  });
}

/// A fresh device on which the authenticator answers; returns who is signed in, and what else was
/// asked for.
std::int64_t enter(log_in_stage& s, authenticator& with, visitor& guest) {
  std::int64_t in = 0;
  guest.says["identity"] = {login::by_passkey{}};
  guest.before_answer = [&](login::step const& what) -> task<> {
    auto const* asked = std::get_if<login::need_passkey>(&what);
    if (asked) guest.says["passkey"].push_back(with.get(asked->options));
    co_return;
  };
  s.live([&](client& c) -> task<> {
    auto const me = co_await guest.sign_in(c);
    in = me.id();
    auto const again = co_await c.get_me();
    CHECK(again.id() == in);
  });
  return in;
}

}  // namespace

TEST_CASE("a passkey that was added signs in, and is gone when it is removed", "[login][passkey]") {
  log_in_stage s(three_people);
  authenticator key;
  add_passkey(s, "+9996621001", key);
  visitor guest;
  CHECK(enter(s, key, guest) == 42);
  CHECK(guest.asked == words{"identity", "passkey"});
  visitor owner;
  s.live([&](client& c) -> task<> {
    co_await owner.sign_in(c);
    auto const account = c.account();
    auto all = co_await account.passkeys();
    REQUIRE(all.size() == 1);
    CHECK(all.front().last_used);
    co_await account.remove_passkey(all.front().id);
    all = co_await account.passkeys();
    CHECK(all.empty());
    bool refused = false;
    try {
      co_await account.remove_passkey("another");
    } catch (rpc_error const& e) {
      refused = e.name() == "CREDENTIAL_INVALID";
    }
    CHECK(refused);
  });
  visitor late;
  late.says["passkey"] = {};
  log_in_stage::program const too_late = [&](client& c) -> task<> {
    login::flow flow;
    flow.answer(login::by_passkey{});
    auto step = co_await c.sign_in(flow);
    auto const options = std::get<login::need_passkey>(step).options;
    flow.answer(key.get(options));
    step = co_await c.sign_in(flow);
    CHECK(login::complaint_of(step).what == login::reason::passkey_refused);
    CHECK(std::get<login::need_passkey>(step).options != options);
  };
  s.live(too_late);
}

TEST_CASE("the password of the account is asked for after its passkey", "[login][passkey]") {
  log_in_stage s(three_people);
  authenticator key;
  add_passkey(s, "+9996621002", key);
  visitor guest;
  CHECK(enter(s, key, guest) == 43);
  CHECK(guest.asked == words{"identity", "passkey", "password"});
}

TEST_CASE("a passkey of another data centre signs in there", "[login][passkey]") {
  log_in_stage s(three_people);
  authenticator key;
  add_passkey(s, "+9996621003", key);
  s.centre.forget(testing::remembered::login, {.account = 44});
  visitor guest;
  CHECK(enter(s, key, guest) == 44);
  CHECK(guest.asked == words{"identity", "passkey"});
  CHECK(s.place_of(44) == 4);
}

TEST_CASE("nobody gets in by a signature that does not fit", "[login][passkey]") {
  log_in_stage s(three_people);
  authenticator key;
  add_passkey(s, "+9996621001", key);
  authenticator stranger;
  auto const spoil = GENERATE(0, 1, 2, 3);
  log_in_stage::program const attempt = [&](client& c) -> task<> {
    login::flow flow;
    flow.answer(login::by_passkey{});
    auto step = co_await c.sign_in(flow);
    auto const options = std::get<login::need_passkey>(step).options;
    auto made = spoil == 0 ? stranger.get(options) : key.get(options);
    if (spoil == 1) made.signature.back() ^= 1;
    if (spoil == 2) made.client_data.insert(1, " ");
    if (spoil == 3) made.authenticator_data.front() ^= 1;
    flow.answer(made);
    step = co_await c.sign_in(flow);
    CHECK(login::complaint_of(step).what == login::reason::passkey_refused);
  };
  s.live(attempt);
}

TEST_CASE("an authenticator of another party is not added", "[login][passkey]") {
  log_in_stage s(three_people);
  authenticator key("example.org");
  visitor owner;
  s.live([&](client& c) -> task<> {
    co_await owner.sign_in(c);
    auto const account = c.account();
    auto const options = co_await account.begin_passkey();
    auto const made = key.create(options);
    std::string refused;
    try {
      co_await account.add_passkey(made);
    } catch (rpc_error const& e) {
      refused = e.name();
    }
    CHECK(refused == "CREDENTIAL_INVALID");
  });
}

TEST_CASE("a code that costs something is sent once it was paid for", "[login][dc]") {
  log_in_stage s(three_people);
  s.centre.with_world([](testing::world& in) { in.everybody().find(42)->code_price = 199; });
  visitor alice;
  alice.says["payment"] = {login::paid{1}};
  alice.before_answer = [&](login::step const& what) -> task<> {
    auto const* asked = std::get_if<login::need_payment>(&what);
    if (!asked || !alice.says["payment"].empty()) co_return;
    CHECK(asked->amount == 199);
    s.centre.with_world([&](testing::world& in) {
      auto const form = in.sign_ins().pay(asked->phone, asked->hash);
      REQUIRE(form);
      alice.says["payment"].push_back(login::paid{*form});
    });
  };
  s.live([&](client& c) -> task<> {
    auto const me = co_await alice.sign_in(c);
    CHECK(me.id() == 42);
  });
  CHECK(alice.asked == words{"identity", "payment", "payment: The server has not seen the payment.",
                             "code by app"});
}
