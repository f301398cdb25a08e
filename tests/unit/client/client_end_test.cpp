// SPDX-License-Identifier: MIT OR Apache-2.0
//
// How a client ends, and what becomes of those who wait for it.
#include "support/catch.hpp"
#include "support/client_stage.hpp"
#include "support/turns.hpp"

#include <mtp/core/timeout.hpp>
#include <mtp/mtp.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/types/Config.hpp>
#include <mtp/tl/types/DcOption.hpp>
#include <mtp/tl/types/InputPeer.hpp>
#include <mtp/tl/types/InputReplyTo.hpp>

#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using namespace mtp::test;

TEST_CASE("a client that cannot connect says so to everybody who waits", "[client]") {
  play([](client_stage& s) -> task<> {
    s.server.stop();
    client_config config = s.config();
    config.connection.initial_timeout = 100ms;
    client c(s.executor, config);
    task_scope scope(s.executor);
    std::exception_ptr of_call;
    std::exception_ptr of_run;
    scope.spawn([](client& who, std::exception_ptr& out) -> task<> {
      out = co_await failure_of(who.get_me());
    }(c, of_call));
    scope.spawn([](client& who, std::exception_ptr& out) -> task<> {
      out = co_await failure_of(who.run());
    }(c, of_run));
    co_await scope.join();
    CHECK(code_of(of_run) == asio::error::connection_refused);
    CHECK(code_of(of_call) == asio::error::connection_refused);
    auto const late = co_await failure_of(c.get_me());
    CHECK(code_of(late) == asio::error::connection_refused);
  });
}

TEST_CASE("a client that was closed before it ran ends at once", "[client]") {
  play([](client_stage& s) -> task<> {
    client c(s.executor, s.config());
    c.close();
    co_await c.run();
    auto const late = co_await failure_of(c.get_me());
    CHECK(code_of(late) == client_errc::closed);
  });
}

namespace {

enum class ending { closed, destroyed, closed_before };

/// Has `wait` wait for a client that never runs.
void with_idle_client(ending how, std::function<task<>(client&)> wait) {
  play([how, wait](client_stage& s) -> task<> {
    std::optional<client> c(std::in_place, s.executor, s.config());
    task_scope scope(s.executor);
    if (how == ending::closed_before) c->close();
    scope.spawn(wait(*c));
    co_await test::turns();
    if (how == ending::closed) c->close();
    if (how == ending::destroyed) c.reset();
    co_await scope.join();
  });
}

}  // namespace

TEST_CASE("what waits for a client that never ran ends when that is closed", "[client]") {
  auto const how = GENERATE(ending::closed, ending::destroyed, ending::closed_before);
  with_idle_client(how, [](client& c) -> task<> {
    auto const failed = co_await failure_of(with_timeout(c.get_me(), 60s));
    CHECK(code_of(failed) == client_errc::closed);
  });
  with_idle_client(how, [](client& c) -> task<> {
    auto updates = c.updates();
    auto waiting = with_timeout(updates.next(), 60s);
    auto const update = co_await std::move(waiting);
    CHECK(!update);
  });
}

namespace {

/// Ends when the server has been asked something.
task<> asked(client_stage& s) {
  while (s.server.calls == 0) co_await test::pause(1ms);
}

/// Asks who the client is, closes it when `waits` ends, and runs it to its end.
task<> close_during_call(client_stage& s, client_config config, task<> waits) {
  client c(s.executor, std::move(config));
  task_scope scope(s.executor);
  std::exception_ptr of_call;
  scope.spawn([](client& who, std::exception_ptr& out) -> task<> {
    out = co_await failure_of(who.get_me());
  }(c, of_call));
  scope.spawn(c.run());
  scope.spawn([](client& who, task<> first) -> task<> {
    co_await std::move(first);
    who.close();
  }(c, std::move(waits)));
  co_await scope.join();
  CHECK(code_of(of_call) == client_errc::closed);
}

}  // namespace

TEST_CASE("closing a client ends what it does", "[client]") {
  play([](client_stage& s) -> task<> {
    s.api.first = [](std::uint32_t, bytes_view) { return scripted_server::silence{}; };
    co_await close_during_call(s, s.config(), asked(s));
  });
}

TEST_CASE("a client may be destroyed before its operations end", "[client]") {
  play([](client_stage& s) -> task<> {
    s.api.first = [](std::uint32_t, bytes_view) { return scripted_server::silence{}; };
    auto c = std::make_unique<client>(s.executor, s.config());
    task_scope scope(s.executor);
    std::exception_ptr of_call;
    scope.spawn([](task<user> call, std::exception_ptr& out) -> task<> {
      out = co_await failure_of(std::move(call));
    }(c->get_me(), of_call));
    scope.spawn(c->run());
    scope.spawn([](client_stage& at, std::unique_ptr<client>& who) -> task<> {
      co_await asked(at);
      who.reset();
    }(s, c));
    co_await scope.join();
    CHECK(code_of(of_call) == client_errc::closed);
  });
}

TEST_CASE("a client that was refused a session leaves it to the one that has it", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      for (int i = 0; i < 2; ++i) {
        client other(s.executor, s.config());
        auto running = with_timeout(other.run(), 2s);
        auto const refused = co_await failure_of(std::move(running));
        CHECK(code_of(refused) == client_errc::session_in_use);
      }
    });
    co_await live(s, log_in);  // given back at the end
  });
}

TEST_CASE("a client that is closed does not sleep out a flood wait", "[client]") {
  play([](client_stage& s) -> task<> {  // which ends before 50 seconds are over
    s.api.first = always<tl::users::getUsers>(scripted_server::refusal{420, "FLOOD_WAIT_50"});
    auto config = s.config();
    bool sleeps = false;
    config.log = [&](log_level, std::string_view line) {
      sleeps |= line.starts_with("FLOOD_WAIT");
    };
    auto const slept = [](bool& now) -> task<> {
      while (!now) co_await test::pause(1ms);
      co_await test::turns();
    };
    co_await close_during_call(s, std::move(config), slept(sleeps));
  });
}

TEST_CASE("a renewed login that is cancelled takes nobody else with it", "[client]") {
  play([](client_stage& s) -> task<> {
    co_await live(s, [&](client& c) -> task<> {
      co_await log_in(c);
      s.api.signed_in = false;
      bool ignored = false;
      s.api.first = [&](std::uint32_t id, bytes_view) -> std::optional<scripted_api::reply> {
        bool const login = id == tl::auth::importBotAuthorization::tl_id;
        if (!login || std::exchange(ignored, true)) return {};
        return scripted_server::silence{};
      };
      std::exception_ptr of_first;
      std::exception_ptr of_second;
      auto ask = [](client& who, std::exception_ptr& out) -> task<> {
        out = co_await failure_of(with_timeout(who.get_me(), 60s));
      };
      task_scope first(s.executor);
      task_scope second(s.executor);
      first.spawn(ask(c, of_first));
      while (!ignored) co_await test::pause(1ms);
      int const calls = s.server.calls;
      second.spawn(ask(c, of_second));
      while (s.server.calls == calls) co_await test::pause(1ms);  // it is refused, and waits
      co_await test::turns();
      first.cancel();
      co_await first.join();
      co_await second.join();
      CHECK(code_of(of_first) == asio::error::operation_aborted);
      CHECK(!of_second);
      CHECK(s.api.logins == 2);
    });
  });
}

TEST_CASE("a run that is cancelled closes the client for the others", "[client]") {
  play([](client_stage& s) -> task<> {
    s.api.first = [](std::uint32_t, bytes_view) { return scripted_server::silence{}; };
    client c(s.executor, s.config());
    std::exception_ptr of_run;
    std::exception_ptr of_call;
    bool throws = false;
    task_scope around(c.get_executor());
    task_scope scope(s.executor);
    auto run = [&]() -> task<> {
      auto work = c.run();
      of_run = co_await failure_of(std::move(work));
      throws = co_await asio::this_coro::throw_if_cancelled();
    };
    auto cancel = [&]() -> task<> {
      auto executor = c.get_executor();
      co_await asked(s);
      asio::post(executor, [&] { around.cancel(); });
      co_await around.join();
    };
    auto call = [&]() -> task<> {
      auto work = c.get_me();
      of_call = co_await failure_of(std::move(work));
    };
    around.spawn(run());
    scope.spawn(call());
    scope.spawn(cancel());
    co_await scope.join();
    CHECK(code_of(of_run) == asio::error::operation_aborted);
    CHECK(code_of(of_call) == client_errc::closed);
    CHECK(throws);
  });
}

TEST_CASE("a loop may be destroyed with what a client still did", "[client]") {
  asio::io_context context;
  auto s = std::make_unique<client_stage>(context.get_executor());
  s->server.start();
  auto c = std::make_unique<client>(context.get_executor(), s->config());
  bool heard = false;
  auto listen = [&heard](client& of) -> task<> {
    co_await log_in(of);
    auto updates = of.updates();
    heard = true;
    (void)co_await updates.next();
  };
  asio::co_spawn(context, c->run(), [](std::exception_ptr) {});
  asio::co_spawn(context, listen(*c), [](std::exception_ptr) {});
  for (int i = 0; i < 500 && !heard; ++i) context.run_for(10ms);
  CHECK(heard);
  c.reset();
  s->server.stop();
  s.reset();
}
