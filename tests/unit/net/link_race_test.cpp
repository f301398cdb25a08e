// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A link whose data centre has several addresses, or answers a session no more.
#include "link_stage.hpp"

#include <mtp/core/error.hpp>

using namespace mtp;
using namespace mtp::test;
using namespace std::chrono_literals;

namespace {

/// Two servers under one key; the link knows the first of them as the first address.
struct two_servers {
  asio::any_io_executor executor;
  scripted_server first{executor, echo};
  scripted_server second{executor, echo};
  listener told = {};

  net::link_options options() {
    auto out = options_for(first);
    out.endpoints.push_back(second.address());
    out.connection.stagger = 20ms;
    out.connection.initial_timeout = 10s;
    return out;
  }
  /// One call by a link of its own.
  task<> call_once(net::link_options o, listener const* known) {
    auto const key = key_for(executor, o, known);
    net::link link(real_environment(), executor, o, key, {}, told);
    task_scope scope(executor);
    scope.spawn(link.run());
    bytes const body = request(3);
    auto const outcome = co_await link.call(body);
    CHECK(std::get<slice>(outcome) == word(3));
    scope.cancel();
    co_await scope.join();
  }
};

void play_two(std::function<task<>(two_servers&)> body) {
  auto whole = [&]() -> task<> {
    auto executor = co_await asio::this_coro::executor;
    two_servers s{executor};
    s.first.start();
    s.second.start();
    co_await body(s);
    co_await s.first.end();
    co_await s.second.end();
  };
  test::run(whole());
}

}  // namespace

TEST_CASE(
    "a first address that accepts and says nothing costs a stagger, and the second is "
    "remembered",
    "[net][link][race]") {
  play_two([](two_servers& s) -> task<> {
    s.first.deaf = true;
    auto const options = s.options();
    co_await s.call_once(options, nullptr);  // a key has to be made
    CHECK(s.told.good.back() == s.second.address());
    co_await s.call_once(options, &s.told);  // with the key
    CHECK(s.told.good.back() == s.second.address());
    CHECK(s.first.connections == 2);
    auto again = options;
    again.last_good = s.told.good.back();
    co_await s.call_once(again, &s.told);
    CHECK(s.first.connections == 2);  // not tried: the other one comes first now
    CHECK(s.told.lost == 0);
  });
}

TEST_CASE("a stranger at one address does not keep the link from the other", "[net][link][race]") {
  play_two([](two_servers& s) -> task<> {
    auto alone = s.options();
    alone.endpoints = {s.second.address()};
    co_await s.call_once(alone, nullptr);
    s.first.stranger = true;
    auto const options = s.options();
    co_await s.call_once(options, &s.told);
    CHECK(s.told.lost == 0);
    CHECK(s.told.good.back() == s.second.address());
  });
}

TEST_CASE("a server that says nothing is given up in bounded time, also with a key",
          "[net][link][race]") {
  play_two([](two_servers& s) -> task<> {
    auto alone = s.options();
    alone.endpoints = {s.second.address()};
    co_await s.call_once(alone, nullptr);
    s.second.deaf = true;
    alone.connection.initial_timeout = 200ms;
    auto const key = key_for(s.executor, alone, &s.told);
    net::link link(real_environment(), s.executor, alone, key, {}, s.told);
    std::error_code code;
    try {
      co_await link.run();
    } catch (error const& e) {
      code = e.code();
    }
    CHECK(code == client_errc::timed_out);
    CHECK(key->id() != 0);
    CHECK(s.told.lost == 0);
  });
}

TEST_CASE("a session is given up when a fresh one is answered and it is not", "[net][link][race]") {
  auto impatient = [](scripted_server&, net::link_options& o) {
    o.session.pong_timeout = 1s;
    o.connection.connect_timeout = 500ms;
  };
  play(
      echo,
      [](stage& s) -> task<> {
        co_await expect_echo(s, 1);
        s.server.mute_session = s.server.last_session;
        s.server.drop_connections();
        bytes const body = request(2);
        net::call_options options;
        options.request.repeatable = true;
        auto const outcome = co_await s.link.call(body, options);
        CHECK(std::get<slice>(outcome) == word(2));
        CHECK(s.server.last_session != s.server.mute_session);
        CHECK(s.server.handshakes == 1);
        CHECK(s.told.lost == 0);
      },
      impatient);
}
