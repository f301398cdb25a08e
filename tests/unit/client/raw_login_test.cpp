// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Whoever signs in, or out, by requests of their own has a client that knows it.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/types/CodeSettings.hpp>
#include <mtp/tl/types/EmailVerification.hpp>
#include <mtp/tl/types/EmailVerifyPurpose.hpp>
#include <mtp/tl/types/InputCheckPasswordSRP.hpp>
#include <mtp/tl/types/account/EmailVerified.hpp>
#include <mtp/tl/types/auth/LoggedOut.hpp>
#include <mtp/tl/types/auth/LoginToken.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>

#include <functional>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

namespace {

constexpr std::int64_t person = 42;

tl::user self_of(std::int64_t id) {
  tl::user out;
  out.self = true;
  out.id = id;
  return out;
}

tl::auth::authorization login_of(std::int64_t id) {
  tl::auth::authorization out;
  out.user = self_of(id);
  return out;
}

/// A server that lets somebody in by every road.
struct open_door {
  bool inside = false;
  bool spoiled = false;  ///< what it answers names nobody

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view) {
    switch (id) {
      case tl::auth::signIn::tl_id:
      case tl::auth::checkPassword::tl_id:
      case tl::auth::importBotAuthorization::tl_id: return let_in(tl::auth::Authorization(login()));
      case tl::auth::importLoginToken::tl_id:
        return let_in(
            tl::auth::LoginToken(tl::auth::loginTokenSuccess{.authorization = {login()}}));
      case tl::auth::sendCode::tl_id:
        return let_in(tl::auth::SentCode(tl::auth::sentCodeSuccess{.authorization = {login()}}));
      case tl::account::verifyEmail::tl_id: return let_in(verified());
      case tl::auth::logOut::tl_id: return let_out();
      default: break;
    }
    if (!inside) return scripted_server::refusal{401, "AUTH_KEY_UNREGISTERED"};
    if (id == tl::users::getUsers::tl_id)
      return test::to_bytes(tl::list<tl::User>{tl::User(self_of(person))});
    return {};
  }

 private:
  tl::auth::authorization login() const {
    auto out = login_of(person);
    if (spoiled) out.user = tl::userEmpty{.id = person};
    return out;
  }
  tl::account::EmailVerified verified() const {
    tl::account::emailVerifiedLogin out;
    out.sent_code = tl::auth::sentCodeSuccess{.authorization = {login()}};
    return out;
  }
  template <class Answer>
  scripted_api::reply let_in(Answer answer) {
    inside = true;
    return test::to_bytes(answer);
  }
  scripted_api::reply let_out() {
    inside = false;
    tl::auth::loggedOut out;
    out.future_auth_token = tl::bytes(std::string_view("a token for the next time"));
    return test::to_bytes(out);
  }
};

struct door_stage : client_stage {
  open_door door;
  explicit door_stage(asio::any_io_executor where) : client_stage(where) {
    api.first = std::ref(door);
    api.signed_in = true;
  }
};

tl::auth::signIn code_request() {
  tl::auth::signIn out;
  out.phone_number = "+100";
  out.phone_code_hash = "hash";
  out.phone_code = "12345";
  return out;
}

task<> by_code(client& c) {
  auto const request = code_request();
  co_await c.invoke(request);
}
task<> by_password(client& c) {
  tl::auth::checkPassword const request{.password = tl::inputCheckPasswordSRP{}};
  co_await c.invoke(request);
}
task<> by_bot_token(client& c) {
  tl::auth::importBotAuthorization request;
  request.api_id = 1;
  co_await c.invoke(request);
}
task<> by_login_token(client& c) {
  tl::auth::importLoginToken const request;
  co_await c.invoke(request);
}
task<> by_kept_token(client& c) {
  tl::auth::sendCode request;
  request.settings = tl::codeSettings{};
  co_await c.invoke(request);
}
task<> by_verified_address(client& c) {
  tl::account::verifyEmail request;
  request.purpose = tl::emailVerifyPurposeLoginSetup{};
  request.verification = tl::emailVerificationCode{};
  co_await c.invoke(request);
}

/// The first life opens its stream before anybody is signed in, the second only goes on.
task<> expect_login_by(door_stage& s, program road) {
  program const first = [&](client& c) -> task<> {
    auto updates = c.updates();
    co_await road(c);
    auto const me = co_await c.get_me();
    CHECK(me.id() == person);
    s.alice_writes("one");
    co_await expect_texts(updates, "one");
  };
  co_await live(s, first);
  program const second = [&](client& c) -> task<> {
    auto updates = c.updates();
    s.alice_writes("two");
    co_await expect_texts(updates, "one two");  // the first was not got past
  };
  co_await live(s, second);
  auto const kept = co_await stored_in(*s.records);
  CHECK(kept.self == stored_self{.id = person, .bot = false});
}

}  // namespace

TEST_CASE("a log-in by raw requests is the client's", "[client]") {
  program const road = GENERATE(by_code, by_password, by_bot_token, by_login_token, by_kept_token,
                                by_verified_address);
  test::play_on<door_stage>([road](door_stage& s) -> task<> { return expect_login_by(s, road); });
}

TEST_CASE("a log-out by a raw request is the client's", "[client]") {
  test::play_on<door_stage>([](door_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await by_code(c);
      tl::auth::logOut const request;
      co_await c.invoke(request);
    });
    auto const kept = co_await stored_in(*s.records);
    CHECK(!kept.self);
    CHECK(kept.login_tokens.size() == 1);
  });
}

TEST_CASE("a raw log-in that names nobody is its caller's affair", "[client]") {
  test::play_on<door_stage>([](door_stage& s) -> task<> {
    s.door.spoiled = true;
    auto config = s.config();
    std::string said;
    config.log = [&said](log_level, std::string_view line) { said += line; };
    co_await live(s, config, [&](client& c) -> task<> {
      auto const request = code_request();
      auto const answer = co_await c.invoke(request);
      CHECK(answer->holds<tl::auth::authorization>());
    });
    CHECK(said.find("after a log-in by the program") != std::string::npos);
    auto const kept = co_await stored_in(*s.records);
    CHECK(!kept.self);
  });
}

TEST_CASE("a login that is brought to another data centre by hand is not a new one", "[client]") {
  test::play_on<door_stage>([](door_stage& s) -> task<> {
    auto const stranger_login = tl::auth::Authorization(login_of(77));
    s.api.first = [&](std::uint32_t id, bytes_view query) -> std::optional<scripted_api::reply> {
      if (id == tl::auth::importAuthorization::tl_id) return test::to_bytes(stranger_login);
      return s.door(id, query);
    };
    co_await live(s, [&](client& c) -> task<> {
      co_await by_code(c);
      tl::auth::importAuthorization const request;
      co_await c.invoke(request);
    });
    auto const kept = co_await stored_in(*s.records);
    REQUIRE(kept.self);
    CHECK(kept.self->id == person);
  });
}
