// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The connection breaks at every call of a log-in in turn, before or after the call is executed.
#include "log_in_stage.hpp"

#include <mtp/core/recaptcha_needed.hpp>
#include <mtp/methods/account.hpp>
#include <support/authenticator.hpp>
#include <support/catch.hpp>

#include <sessions/base64.hpp>

#include <functional>
#include <vector>

using namespace mtp;
using namespace std::chrono_literals;
using test::log_in_stage;
using test::visitor;

namespace {

constexpr std::string_view people = R"({
  "terms": {"id": "t1", "text": "Be kind."},
  "users": [
    {"id": 42, "first_name": "Alice", "phone": "+9996621001", "code": "12345"},
    {"id": 44, "first_name": "Far", "phone": "+9996621003", "code": "12345", "home_dc": 4},
    {"id": 46, "first_name": "Eve", "phone": "+9996621005", "code": "12345", "must_set_email": true}
  ]
})";

constexpr std::string_view with_password = R"({
  "users": [
    {"id": 43, "first_name": "Bob", "phone": "+9996621002", "code": "12345", "password": "hunter2",
     "email": "bob@example.org", "home_dc": 4}
  ]
})";

/// Breaks the connection at call number `at` from 0; the server forgets the session with it.
void cut(testing::data_centre& centre, int at, bool executed) {
  testing::method_fault const before{.times = at};
  testing::method_fault const breaking{
      .disconnect = true, .ignore = !executed, .forget = testing::remembered::session};
  if (at > 0)
    centre.script({before, breaking});
  else
    centre.script({breaking});
}

/// Makes somebody of a stage ready.
using maker = std::function<void(log_in_stage&, visitor&)>;
using setting = std::function<void(client_config&)>;

/// Signs in, once for each call that this takes, and is asked no more than without trouble.
void enter_over_cuts(std::string_view world, maker make, setting set = [](client_config&) {}) {
  auto const configured = [&](log_in_stage const& s) {
    auto out = s.config();
    set(out);
    return out;
  };
  std::size_t questions = 0;
  {
    log_in_stage s(world);
    visitor who;
    make(s, who);
    s.live(configured(s), [&](client& c) -> task<> { co_await who.sign_in(c); });
    questions = who.asked.size();
  }
  int cuts = 0;
  for (bool const executed : {true, false}) {
    for (int at = 0;; ++at) {
      CAPTURE(at, executed);
      log_in_stage s(world);
      visitor who;
      make(s, who);
      cut(s.centre, at, executed);
      bool in = false;
      s.live(configured(s), [&](client& c) -> task<> {
        co_await who.sign_in(c);
        co_await c.get_me();
        in = true;
      });
      CHECK(in);
      CAPTURE(who.asked);
      CHECK(who.asked.size() == questions);
      if (s.centre.steps_left() > 0) break;  // the log-in was over before
      ++cuts;
    }
  }
  CHECK(cuts >= 6);
}

/// The same, with a line that breaks at every so many bytes of the server in turn; the server keeps
/// the session.
void enter_over_broken_lines(std::string_view world, std::function<visitor()> make) {
  constexpr std::uint64_t step = 171;
  int breaks = 0;
  for (std::uint64_t after = 0;; after += step) {
    CAPTURE(after);
    log_in_stage s(world);
    s.sim.network().faults = [after](std::size_t number, auto const&) {
      std::vector<testing::planned_fault> out;
      if (number == 0) out.push_back({.after = after});
      return out;
    };
    auto who = make();
    bool in = false;
    s.live([&](client& c) -> task<> {
      co_await who.sign_in(c);
      co_await c.get_me();
      in = true;
    });
    CHECK(in);
    if (s.sim.faults()[static_cast<std::size_t>(testing::network_fault::drop)] == 0) break;
    ++breaks;
  }
  CHECK(breaks >= 5);
}

/// Somebody adds the passkey of that authenticator to their account, and signs out.
void add_passkey(log_in_stage& s, std::string phone, test::authenticator& with) {
  visitor owner{.phone = std::move(phone)};
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

TEST_CASE("a cut at any call of a log-in by code asks nothing twice", "[login][dc][cut]") {
  enter_over_cuts(people, [](log_in_stage&, visitor&) {});
}

TEST_CASE("a cut at any call of a log-in at another data centre asks nothing twice",
          "[login][dc][cut]") {
  enter_over_cuts(people, [](log_in_stage&, visitor& who) { who.phone = "+9996621003"; });
}

TEST_CASE("a cut at any call of a log-in with a password asks nothing twice", "[login][dc][cut]") {
  enter_over_cuts(with_password, [](log_in_stage&, visitor& who) { who.phone = "+9996621002"; });
}

TEST_CASE("a line that breaks at any byte of a log-in costs no log-in", "[login][dc][cut]") {
  enter_over_broken_lines(people, [] { return visitor{}; });
  enter_over_broken_lines(with_password, [] { return visitor{.phone = "+9996621002"}; });
}

TEST_CASE("a cut at any call of a sign-up asks nothing twice", "[login][dc][cut]") {
  enter_over_cuts(people, [](log_in_stage&, visitor& who) {
    who.phone = "+9996634321";
    who.code = "33333";
  });
}

TEST_CASE("a cut at any call while an address is set up asks nothing twice", "[login][dc][cut]") {
  enter_over_cuts(people, [](log_in_stage&, visitor& who) { who.phone = "+9996621005"; });
}

TEST_CASE("a cut at any call of a recovery asks nothing twice", "[login][dc][cut]") {
  enter_over_cuts(with_password, [](log_in_stage&, visitor& bob) {
    bob.phone = "+9996621002";
    bob.says["password"] = {login::recover_password{}};
  });
}

TEST_CASE("a cut at any call of a bot's log-in asks nothing twice", "[login][dc][cut]") {
  constexpr std::string_view bots = R"({
    "bots": [{"id": 9, "first_name": "Bot", "username": "the_bot", "token": "9:x", "home_dc": 4}]
  })";
  enter_over_cuts(bots, [](log_in_stage&, visitor& bot) {
    bot.says["identity"] = {login::bot_token{std::string("9:x")}};
  });
}

TEST_CASE("a cut at any call of a log-in after a log-out asks for no code", "[login][dc][cut]") {
  std::shared_ptr<session_store> store;
  auto const left = [&](log_in_stage& s, visitor& alice) {
    store = memory_session();
    s.live(s.config(store), [&](client& c) -> task<> {
      co_await alice.sign_in(c);
      co_await c.auth().sign_out();
    });
    alice.asked.clear();
  };
  enter_over_cuts(people, left, [&](client_config& config) { config.store = store; });
}

TEST_CASE("a cut at any call while a code is paid for asks nothing twice", "[login][dc][cut]") {
  auto const payer = [](log_in_stage& s, visitor& alice) {
    s.centre.with_world([](testing::world& in) { in.everybody().find(42)->code_price = 199; });
    alice.before_answer = [&](login::step const& what) -> task<> {
      auto const* asked = std::get_if<login::need_payment>(&what);
      if (!asked) co_return;
      s.centre.with_world([&](testing::world& in) {
        auto const form = in.sign_ins().pay(asked->phone, asked->hash);
        alice.says["payment"] = {login::paid{form.value_or(0)}};
      });
    };
  };
  enter_over_cuts(people, payer);
}

TEST_CASE("a cut at any call of a log-in that Firebase vouches for asks nothing twice",
          "[login][dc][cut][firebase]") {
  auto const alice = [](log_in_stage& s, visitor&) {
    s.centre.with_world([](testing::world& in) {
      in.everybody().find(42)->code_ways = {testing::code_way::firebase, testing::code_way::sms};
    });
  };
  auto const vouched = [](client_config& config) {
    config.firebase = [](login::firebase_request const& what) -> task<login::firebase_token> {
      login::firebase_token out;
      out.play_integrity = testing::logins::vouch(as_text(what.play_integrity_nonce));
      co_return out;
    };
  };
  enter_over_cuts(people, alice, vouched);
}

TEST_CASE("a cut at any call of a log-in that shows tokens of reCAPTCHA asks nothing twice",
          "[login][dc][cut][recaptcha]") {
  auto const alice = [](log_in_stage& s, visitor&) {
    s.centre.with_world([](testing::world& in) {
      for (auto const* method : {"auth.sendCode", "auth.signIn"})
        in.all_recaptchas().demand({.method = method, .key_id = "6Lc", .token = "human"});
    });
  };
  int made = 0;
  auto const proving = [&](client_config& config) {
    config.recaptcha = [&](recaptcha_challenge const&) -> task<std::string> {
      co_return "human" + std::to_string(++made);
    };
  };
  enter_over_cuts(people, alice, proving);
}

TEST_CASE("a cut at any call of a log-in by passkey signs in all the same",
          "[login][dc][cut][passkey]") {
  for (bool const executed : {true, false}) {
    for (int at = 0; at < 8; ++at) {
      CAPTURE(at, executed);
      log_in_stage s(people);
      test::authenticator key;
      add_passkey(s, "+9996621003", key);
      cut(s.centre, at, executed);
      visitor guest;
      guest.says["identity"] = {login::by_passkey{}};
      guest.before_answer = [&](login::step const& what) -> task<> {
        auto const* asked = std::get_if<login::need_passkey>(&what);
        if (asked) guest.says["passkey"] = {key.get(asked->options)};
        co_return;
      };
      bool in = false;
      s.live([&](client& c) -> task<> {
        auto const me = co_await guest.sign_in(c);
        in = me.id() == 44;
      });
      CHECK(in);
      CHECK(s.place_of(44) == 4);
    }
  }
}

TEST_CASE("a cut at any call of a log-in by QR code signs in all the same", "[login][dc][cut]") {
  for (bool const executed : {true, false}) {
    for (int at = 0; at < 12; ++at) {
      CAPTURE(at, executed);
      log_in_stage s(people);
      cut(s.centre, at, executed);
      visitor guest;
      guest.says["identity"] = {login::by_qr{}};
      guest.before_answer = [&](login::step const& what) -> task<> {
        auto const* shown = std::get_if<login::need_scan>(&what);
        if (!shown) co_return;
        auto const text = sessions::decode_base64(shown->url.substr(shown->url.find('=') + 1),
                                                  sessions::alphabet::url);
        REQUIRE(text);
        s.centre.with_world([&](testing::world& in) {
          // A code that a cut has replaced meanwhile is as good as one that nobody scans.
          (void)in.qr_sign_ins().accept(text->reveal(), 44, 30, s.now());
        });
        co_return;
      };
      bool in = false;
      s.live([&](client& c) -> task<> {
        auto const me = co_await guest.sign_in(c);
        in = me.id() == 44;
      });
      CHECK(in);
      CHECK(s.place_of(44) == 4);
    }
  }
}
