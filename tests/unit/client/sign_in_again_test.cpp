// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a bot does when the server has forgotten its login, and what the refusals on the way mean.
#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/core/refusal.hpp>
#include <mtp/core/task_scope.hpp>
#include <mtp/core/timeout.hpp>
#include <mtp/tl/functions/auth.hpp>

using namespace mtp;
using namespace mtp::test;

namespace {

/// Forgets the login once, and refuses the first `times` tries to bring it back.
struct forgetful_server {
  scripted_server::refusal with;
  int times;
  bool forgotten = false;
  int tries = 0;

  std::optional<scripted_api::reply> operator()(std::uint32_t id, bytes_view) {
    if (id == tl::auth::importBotAuthorization::tl_id) {
      forgotten = false;
      if (tries++ < times) return with;
      return {};
    }
    if (std::exchange(forgotten, false)) return scripted_server::refusal{401, "SESSION_REVOKED"};
    return {};
  }
};

/// A bot whose login is forgotten asks who it is. Returns what that throws, or null.
std::exception_ptr forget_and_ask(forgetful_server& server) {
  std::exception_ptr failed;
  play([&](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      s.api.first = std::ref(server);
      server.forgotten = true;
      failed = co_await failure_of(c.get_me());
    });
  });
  return failed;
}

}  // namespace

TEST_CASE("a log-in that is to begin anew does", "[client][login]") {
  forgetful_server server{.with = {500, "AUTH_RESTART"}, .times = 2};
  CHECK(!forget_and_ask(server));
  CHECK(server.tries == 3);
}

TEST_CASE("a log-in that would begin anew without end is given up, and the token stays good",
          "[client][login]") {
  forgetful_server server{.with = {500, "AUTH_RESTART"}, .times = 100};
  CHECK(forget_and_ask(server));
  CHECK(server.tries == 3);
}

TEST_CASE("a token that is refused is tried once", "[client][login]") {
  forgetful_server server{.with = {400, "ACCESS_TOKEN_EXPIRED"}, .times = 100};
  CHECK(forget_and_ask(server));
  CHECK(server.tries == 1);
}

TEST_CASE("a first log-in that is to begin anew does", "[client][login]") {
  int const times = GENERATE(2, 100);
  forgetful_server server{.with = {500, "AUTH_RESTART"}, .times = times};
  std::exception_ptr failed;
  play([&](client_stage& s) -> task<> {
    s.api.first = std::ref(server);
    co_await live(s, [&](client& c) -> task<> { failed = co_await failure_of(log_in(c)); });
  });
  CHECK(server.tries == 3);
  CHECK((failed != nullptr) == (times > 2));
}

TEST_CASE(
    "a log-in that the server denies at once has failed; one whose state it does not know has "
    "not",
    "[client][login]") {
  struct outcome {
    scripted_server::refusal said;
    bool fails;
  };
  auto const each = GENERATE(outcome{{401, "AUTH_KEY_UNREGISTERED"}, true},
                             outcome{{401, "SESSION_PASSWORD_NEEDED"}, true},
                             outcome{{400, "METHOD_INVALID"}, false});
  std::exception_ptr failed;
  play([&](client_stage& s) -> task<> {
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id != tl::updates::getState::tl_id) return {};
      return each.said;
    };
    co_await live(s, [&](client& c) -> task<> { failed = co_await failure_of(log_in(c)); });
  });
  CHECK((failed != nullptr) == each.fails);
}

TEST_CASE("a bot that is being signed out is not signed in again, but when that comes to nothing",
          "[client][login]") {
  int imports = 0;
  int goodbyes = 0;
  bool dead = false;
  play([&](client_stage& s) -> task<> {
    s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
      if (id == tl::auth::importBotAuthorization::tl_id) {
        ++imports;
        dead = false;
        return {};
      }
      if (id == tl::auth::logOut::tl_id) {
        ++goodbyes;
        return scripted_server::silence{};
      }
      if (dead) return scripted_server::refusal{401, "SESSION_REVOKED"};
      return {};
    };
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      task_scope scope(s.executor);
      std::exception_ptr lost;
      scope.spawn([](client& of, std::exception_ptr& out) -> task<> {
        auto leaving = with_timeout(of.auth().sign_out(), std::chrono::milliseconds(500));
        out = co_await failure_of(std::move(leaving));
      }(c, lost));
      co_await until([&] { return goodbyes > 0; });
      dead = true;
      auto const refused = co_await failure_of(c.get_me());
      CHECK(describe_exception(refused).refusal);
      CHECK(imports == 1);
      co_await scope.join();
      CHECK(code_of(lost) == client_errc::timed_out);
      auto const me = co_await c.get_me();
      CHECK(me.id() != 0);
      CHECK(imports == 2);
    });
  });
}
