// SPDX-License-Identifier: MIT OR Apache-2.0
#include "link_stage.hpp"
#include "support/catch.hpp"
#include "support/run.hpp"

#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

using namespace mtp;
using namespace std::chrono_literals;
using mtp::net::call_outcome;
using namespace mtp::test;

TEST_CASE("a link makes a key and carries calls", "[net][link]") {
  play(echo, [](stage& s) -> task<> {
    for (std::uint32_t i = 0; i < 20; ++i) co_await expect_echo(s, i);
    CHECK(s.server.handshakes == 1);
    CHECK(s.server.connections == 1);
    CHECK(s.told.connections == 1);
    CHECK(s.told.key);
    CHECK(s.told.created == 1);
  });
}

TEST_CASE("a link speaks every transport", "[net][link]") {
  auto const choice =
      GENERATE(transport_choice::abridged, transport_choice::intermediate, transport_choice::padded,
               transport_choice::full, transport_choice::obfuscated);
  auto whole = [choice]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    scripted_server server(executor, echo);
    server.start();
    listener told;
    net::link_options options = options_for(server);
    options.connection.transport = choice;
    net::link link(real_environment(), executor, options, key_for(executor, options), {}, told);
    task_scope scope(executor);
    auto body = [&]() -> task<> {
      bytes const what = request(7);
      auto const outcome = co_await link.call(what);
      CHECK(std::get<slice>(outcome) == word(7));
      scope.cancel();
    };
    scope.spawn(link.run());
    scope.spawn(body());
    co_await scope.join();
    co_await server.end();
  };
  test::run(whole());
}

TEST_CASE("calls made at once are all answered", "[net][link]") {
  play(echo, [](stage& s) -> task<> {
    task_scope all(s.executor);
    for (std::uint32_t i = 0; i < 300; ++i) all.spawn(expect_echo(s, i));
    co_await all.join();
    CHECK(s.server.calls == 300);
  });
}

TEST_CASE("a refusal comes with its code and words", "[net][link]") {
  auto no = [](bytes const&) {
    return scripted_server::reply(scripted_server::refusal{400, "NO_7"});
  };
  play(no, [](stage& s) -> task<> {
    bytes const body = request(1);
    auto const outcome = co_await s.link.call(body);
    auto const& refusal = std::get<net::refused>(outcome);
    CHECK(refusal.code == 400);
    CHECK(refusal.text == "NO_7");
  });
}

TEST_CASE("a call whose answer was lost with the connection is answered on the next",
          "[net][link]") {
  int heard = 0;
  auto break_first = [&](bytes const& body) {
    auto answer = std::get<bytes>(echo(body));
    return ++heard == 1 ? scripted_server::reply(scripted_server::answer_lost{answer})
                        : scripted_server::reply(answer);
  };
  play(break_first, [](stage& s) -> task<> {
    co_await expect_echo(s, 42);
    CHECK(s.server.connections == 2);
    CHECK(s.server.handshakes == 1);
    CHECK(s.server.calls == 1);  // executed once
    CHECK(s.told.connections == 2);
  });
}

TEST_CASE("a call that was lost with the connection is sent on the next", "[net][link]") {
  play(echo, [](stage& s) -> task<> {
    co_await expect_echo(s, 1);
    s.server.lose_packets = 1;
    co_await expect_echo(s, 2);
    CHECK(s.server.connections == 2);
    CHECK(s.server.calls == 2);
  });
}

TEST_CASE("a call that a server forgot with its session is sent again", "[net][link]") {
  int heard = 0;
  auto silent_first = [&](bytes const& body) {
    return ++heard == 1 ? scripted_server::reply(scripted_server::silence{}) : echo(body);
  };
  play(silent_first, [](stage& s) -> task<> {
    task_scope waiting(s.executor);
    waiting.spawn(expect_echo(s, 2));
    waiting.spawn([](stage& t) -> task<> {
      while (t.server.calls == 0) co_await pause(1ms);
      t.server.forget_sessions();
      t.server.drop_connections();
    }(s));
    co_await waiting.join();
    CHECK(s.server.calls == 2);
    CHECK(s.server.handshakes == 1);
  });
}

TEST_CASE("a server that goes away and comes back is found again", "[net][link]") {
  play(echo, [](stage& s) -> task<> {
    co_await expect_echo(s, 1);
    s.server.stop();
    task_scope waiting(s.executor);
    waiting.spawn(expect_echo(s, 2));
    waiting.spawn([](stage& t) -> task<> {
      while (t.told.ends.size() < 3)
        co_await pause(1ms);  // it has lost its server, and looks for it
      t.server.start();
    }(s));
    co_await waiting.join();
    CHECK(s.server.handshakes == 1);
  });
}

TEST_CASE("a link goes on with a stored key", "[net][link]") {
  auto whole = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    scripted_server server(executor, echo);
    server.start();
    listener told;
    for (int round = 0; round < 2; ++round) {
      auto const options = options_for(server);
      auto const key = key_for(executor, options, &told);
      net::link link(real_environment(), executor, options, key, {}, told);
      task_scope scope(executor);
      auto body = [&]() -> task<> {
        bytes const what = request(7);
        auto const outcome = co_await link.call(what);
        CHECK(std::holds_alternative<slice>(outcome));
        scope.cancel();
      };
      scope.spawn(link.run());
      scope.spawn(body());
      co_await scope.join();
    }
    CHECK(server.handshakes == 1);
    co_await server.end();
  };
  test::run(whole());
}

TEST_CASE("a cancelled call is dropped at the server and forgotten", "[net][link]") {
  auto never = [](bytes const& body) {
    return body[4] == 9 ? scripted_server::reply(scripted_server::silence{}) : echo(body);
  };
  play(never, [](stage& s) -> task<> {
    task_scope calling(s.executor);
    calling.spawn([](stage& t) -> task<> {
      bytes const body = request(9);
      co_await t.link.call(body);
    }(s));
    while (s.server.calls == 0) co_await pause(1ms);
    calling.cancel();
    co_await calling.join();
    co_await expect_echo(s, 1);
    CHECK(s.server.dropped == 1);
  });
}

TEST_CASE("what the server sends by itself is told", "[net][link]") {
  play(echo, [](stage& s) -> task<> {
    co_await expect_echo(s, 1);
    bytes const news = word(0x12345678);
    s.server.push(news);
    co_await expect_echo(s, 2);
    REQUIRE(s.told.updates.size() == 1);
    CHECK(s.told.updates.front() == news);
  });
}

TEST_CASE("an answer that counts among the updates is told in its place", "[net][link]") {
  play(echo, [](stage& s) -> task<> {
    bytes const body = request(5);
    net::call_options options;
    options.on_answer = [&s](slice const& answer) { s.told.updates.push_back(answer.to_bytes()); };
    auto const outcome = co_await s.link.call(body, options);
    CHECK(std::get<slice>(outcome) == word(5));
    REQUIRE(s.told.updates.size() == 1);
    CHECK(s.told.updates.front() == word(5));
  });
}

TEST_CASE("a closed link ends its calls", "[net][link]") {
  auto never = [](bytes const&) { return scripted_server::reply(scripted_server::silence{}); };
  play(never, [](stage& s) -> task<> {
    task_scope waiting(s.executor);
    waiting.spawn([](stage& t) -> task<> {
      bytes const body = request(1);
      auto const outcome = co_await t.link.call(body);
      CHECK(std::holds_alternative<net::closed>(outcome));
    }(s));
    waiting.spawn([](stage& t) -> task<> {
      while (t.server.calls == 0) co_await pause(1ms);
      t.link.close();
    }(s));
    co_await waiting.join();
    bytes const body = request(2);
    auto const outcome = co_await s.link.call(body);
    CHECK(std::holds_alternative<net::closed>(outcome));
  });
}

TEST_CASE("a link that hands over its calls does not let one run twice", "[net][link]") {
  auto never = [](bytes const&) { return scripted_server::reply(scripted_server::silence{}); };
  play(never, [](stage& s) -> task<> {
    net::call_outcome outcomes[2];
    auto one = [&](std::size_t which) -> task<> {
      bytes const body = request(1);
      net::call_options options;
      options.request.repeatable = which == 0;
      outcomes[which] = co_await s.link.call(body, options);
    };
    task_scope waiting(s.executor);
    waiting.spawn(one(0));
    waiting.spawn(one(1));
    while (s.server.calls < 2) co_await pause(1ms);
    s.link.hand_over();
    co_await waiting.join();
    CHECK(std::holds_alternative<net::closed>(outcomes[0]));
    auto const* const failed = std::get_if<std::error_code>(&outcomes[1]);
    REQUIRE(failed);
    CHECK(*failed == client_errc::outcome_unknown);
  });
}

TEST_CASE("a network that is back is tried at once over the connection there is", "[net][link]") {
  play(echo, [](stage& s) -> task<> {
    co_await expect_echo(s, 1);
    co_await pause(20ms);
    auto const before = s.server.packets[s.key->id()];
    s.link.on_network_restored();
    while (s.server.packets[s.key->id()] == before) co_await pause(1ms);
    CHECK(s.server.connections == 1);
  });
}

TEST_CASE("a link may be cancelled at any moment of its connection", "[net][link]") {
  auto whole = []() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    scripted_server server(executor, echo);
    server.start();
    listener told;
    for (int turns = 0; turns <= 60; ++turns) {
      auto const options = options_for(server);
      auto const key = key_for(executor, options, turns % 2 == 0 ? &told : nullptr);
      net::link link(real_environment(), executor, options, key, {}, told);
      task_scope scope(executor);
      scope.spawn(link.run());
      for (int i = 0; i < turns; ++i) co_await asio::post(executor, asio::use_awaitable);
      scope.cancel();
      co_await scope.join();
    }
    co_await server.end();
  };
  test::run(whole());
}

namespace {

/// What run() says when it gives up.
struct end_of_run {
  std::error_code code;
  std::string text;
};

end_of_run run_in_vain(std::function<void(scripted_server&, net::link_options&)> prepare) {
  end_of_run out;
  auto whole = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    scripted_server server(executor, echo);
    net::link_options options = options_for(server);
    options.connection.initial_timeout = 200ms;
    prepare(server, options);
    listener told;
    net::link link(real_environment(), executor, options, key_for(executor, options), {}, told);
    try {
      co_await link.run();
    } catch (error const& e) {
      out.code = e.code();
      out.text = e.what();
    }
    co_await server.end();
  };
  test::run(whole());
  return out;
}

}  // namespace

TEST_CASE("nobody at the address is an error in bounded time that names it", "[net][link]") {
  auto const end = run_in_vain([](auto&, auto&) {});
  CHECK(end.code == asio::error::connection_refused);
  CHECK(end.text.find("127.0.0.1") != std::string::npos);
}

TEST_CASE("a server that says nothing is an error in bounded time", "[net][link]") {
  auto const end = run_in_vain([](scripted_server& server, auto&) {
    server.deaf = true;
    server.start();
  });
  CHECK(end.code == client_errc::timed_out);
}

TEST_CASE("a server with an unknown key is refused after few attempts", "[net][link]") {
  auto const end = run_in_vain([](scripted_server& server, net::link_options& options) {
    server.start();
    options.trusted = trust_in(crypto::rsa_private_key::generate().public_key());
    options.connection.initial_timeout = 1h;
  });
  CHECK(end.code == protocol_errc::no_known_rsa_key);
}
