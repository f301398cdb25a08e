// SPDX-License-Identifier: MIT OR Apache-2.0
// A session that knows a login which the server knows no more.
#include "door.hpp"

#include <mtp/tl/functions/auth.hpp>

using namespace mtp;
using namespace mtp::test;

TEST_CASE("a stored login that is dead is no obstacle to one with a password", "[login][driver]") {
  play_on<door_stage>([](door_stage& s) -> task<> {
    person alice;
    co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
    s.door.in = false;
    s.door.password = "hunter2";
    co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
    CHECK(s.door.in);
    CHECK(alice.questions == 5);
  });
}

TEST_CASE("a log-in that waits for its password may be signed out, or begun again",
          "[login][driver]") {
  play_on<door_stage>([](door_stage& s) -> task<> {
    person alice;
    co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
    s.door.in = false;
    s.door.password_due = true;
    s.door.password = "hunter2";
    co_await live(s, [&](client& c) -> task<> { co_await enter(c, alice); });
    s.door.in = false;
    co_await live(s, [&](client& c) -> task<> { co_await c.auth().sign_out(); });
  });
}

TEST_CASE("a mistyped token of a bot whose login is dead is asked for again", "[login][driver]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, log_in);
    std::string const good(scripted_api::token);
    std::string const bad = good.substr(0, good.find(':')) + ":mistyped";
    bool dead = true;
    s.api.first = [&](std::uint32_t id, bytes_view query) -> std::optional<scripted_api::reply> {
      using import = tl::auth::importBotAuthorization;
      if (id != import::tl_id && dead) return scripted_server::refusal{401, "SESSION_REVOKED"};
      if (id != import::tl_id) return {};
      auto const call = *tl::decode<import>(query);
      if (call->bot_auth_token.view() == bad)
        return scripted_server::refusal{400, "ACCESS_TOKEN_INVALID"};
      dead = false;
      return {};
    };
    co_await live(s, [&](client& c) -> task<> {
      login::flow flow;
      flow.answer(login::bot_token{bad});
      auto step = co_await c.sign_in(flow);
      CHECK(login::complaint_of(step).what == login::reason::token_invalid);
      flow.answer(login::bot_token{good});
      step = co_await c.sign_in(flow);
      CHECK(std::holds_alternative<login::done>(step));
    });
  });
}
